import { AccessModel, resourceNamed, statementOfGrant } from '../../access';
import type { Definition, FunctionModel, StatementModel } from '../../model';
import { call, code, Node, object, quote, SPREAD } from '../print';
import { interfaceOf } from '../resource/interfaces';
import { Scope } from '../scope';

/** The permissions of a function on resources of the definition, and those on others as statements. */
export function grantsOf(
  fn: FunctionModel,
  definition: Definition,
  scope: Scope,
): { readonly accesses: readonly AccessModel[]; readonly statements: readonly StatementModel[] } {
  const accesses: AccessModel[] = [];
  const statements: StatementModel[] = [];
  for (const grant of fn.grants) {
    const logicalId = resourceNamed(grant.target, definition);
    const statement = logicalId === undefined ? statementOfGrant(grant) : undefined;
    if (logicalId !== undefined) {
      accesses.push({ access: grant.access, logicalId });
    } else if (statement !== undefined) {
      statements.push(statement);
    } else {
      scope.note(
        'lost',
        fn.at,
        `the access \`${grant.access}\` to ${JSON.stringify(grant.target)} is not carried over: it is not a resource of the definition. Import it, and add it to \`access\``,
      );
    }
  }
  return { accesses, statements };
}

export function unique(accesses: readonly AccessModel[]): AccessModel[] {
  const byId = new Map<string, AccessModel>();
  for (const one of accesses) {
    const key = `${one.logicalId} ${one.prefix ?? ''} ${['read', 'write', 'readWrite'].includes(one.access) ? 'data' : one.access}`;
    const known = byId.get(key);
    byId.set(
      key,
      known === undefined || known.access === one.access ? one : { ...one, access: 'readWrite' },
    );
  }
  return [...byId.values()];
}

export function accessNode({ access, logicalId, prefix }: AccessModel, scope: Scope): Node {
  const target = interfaceOf(logicalId, scope);
  scope.quiet = true;
  const options =
    prefix === undefined
      ? code('quiet')
      : object({ [SPREAD]: code('quiet'), prefix: quote(prefix) });
  return call(`${scope.ours('Access')}.${access}`, [code(target), options]);
}
