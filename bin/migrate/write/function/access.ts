import { AccessModel, resourceNamed } from '../../access';
import type { Definition, FunctionModel } from '../../model';
import { call, code, Node, object, quote, SPREAD } from '../print';
import { interfaceOf } from '../resource/interfaces';
import { Scope } from '../scope';

export function grantsOf(fn: FunctionModel, definition: Definition, scope: Scope): AccessModel[] {
  return fn.grants.flatMap(({ access, target }) => {
    const logicalId = resourceNamed(target, definition);
    if (logicalId === undefined) {
      scope.note(
        'lost',
        fn.at,
        `the access \`${access}\` to ${JSON.stringify(target)} is not carried over: it is not a resource of the definition. Import it, and add it to \`access\``,
      );
      return [];
    }
    return [{ access, logicalId }];
  });
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
  scope.quiet = true;
  const target = interfaceOf(logicalId, scope);
  const options =
    prefix === undefined
      ? code('quiet')
      : object({ [SPREAD]: code('quiet'), prefix: quote(prefix) });
  return call(`${scope.ours('Access')}.${access}`, [code(target), options]);
}
