import * as iam from 'aws-cdk-lib/aws-iam';
import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AccessFacts, FunctionFacts, TriggerFacts } from '../../model/app-model';
import { FunctionRole } from '../../function/function-role';
import { FlowFacts, SourceFacts, WriteFacts } from '../../guard/guard-facts';
import { AppBucket } from '../../storage/app-bucket';
import { eventsOverlap } from '../../model/object-event-types';
import { findByPath } from './tree';
import { AppContext } from '../../core/app-context';
import type { IAppFunction, IServerlessApp } from '../../core/contract';

/** What a resource that runs functions is called in policies. */
type Sources = ReadonlyMap<string, { readonly path: string; readonly isBucket: boolean }>;

const TABLE_WRITE =
  /^(\*|dynamodb:(\*|(Put|Update|Delete|BatchWrite)(Item|\*)|PartiQL(Insert|Update|Delete|\*)))$/;
const OBJECT_PUT = /^(\*|s3:(\*|Put\*|PutObject\*?))$/;
const OBJECT_DELETE = /^(\*|s3:(\*|Delete\*|DeleteObject\*?))$/;
/** Requests and times come from outside: nobody writes them. */
const FROM_OUTSIDE = ['http', 'schedule'];

/** What runs the app's functions, and what they may write of what runs one. */
export function flowFacts(
  app: IServerlessApp,
  models: ReadonlyMap<string, FunctionFacts>,
): FlowFacts[] {
  const run = AppContext.of(app).functions.flatMap((fn) => {
    const { triggers = [], access = [] } = models.get(fn.node.path) ?? {};
    const runBy = triggers.filter(({ kind }) => !FROM_OUTSIDE.includes(kind)).map(sourceFacts);
    return runBy.length === 0 ? [] : [{ fn, runBy, access }];
  });
  const paths = new Set(run.flatMap(({ runBy }) => runBy.map(({ path }) => path)));
  const sources = new Map([...paths].flatMap((path) => arnsOf(app.node.root, path)));
  return run.map(({ fn, runBy, access }) => ({
    function: fn.node.id,
    runBy,
    writes: [...accessWrites(access, paths), ...grantedWrites(fn, sources)],
  }));
}

function sourceFacts({ kind, source: path, details }: TriggerFacts): SourceFacts {
  if (kind === 'tableChanges') {
    return { path, narrowed: details['filtered'] === true && isNarrowed(details['filters']) };
  }
  if (kind !== 'objectCreated') {
    return { path, narrowed: false };
  }
  const { prefix = '', suffix = '', eventTypes } = details as Record<string, unknown>;
  const types = eventTypes as readonly string[];
  const narrowed = Token.isUnresolved(prefix) || Token.isUnresolved(suffix);
  return {
    path,
    narrowed,
    objects: {
      prefix: String(prefix),
      suffix: String(suffix),
      created: types.some((type) => eventsOverlap(type, 's3:ObjectCreated:*')),
      removed: types.some((type) => eventsOverlap(type, 's3:ObjectRemoved:*')),
    },
  };
}

/**
 * Whether each of the filters of a stream leaves out what the function itself changes, as far as can be known: one on values does,
 * one on `INSERT` or `REMOVE` alone does; a change of an item that is told of as `MODIFY` runs the function again.
 */
function isNarrowed(filters: unknown): boolean {
  return !Array.isArray(filters) || filters.every((filter: unknown) => isNarrowing(String(filter)));
}

function isNarrowing(filter: string): boolean {
  if (Token.isUnresolved(filter)) {
    return true;
  }
  const { eventName, ...others } = parse(filter);
  const saysNames = Array.isArray(eventName) && !eventName.includes('MODIFY');
  return saysNames || Object.keys(others).length > 0;
}

/** What is no JSON is for Lambda to refuse, not for a guard. */
function parse(filter: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(filter);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function accessWrites(access: readonly AccessFacts[], paths: ReadonlySet<string>): WriteFacts[] {
  return access
    .filter(({ path, level }) => level !== 'read' && paths.has(path))
    .map(({ path }) => ({ path }));
}

function arnsOf(
  root: IConstruct,
  path: string,
): [arn: string, source: { readonly path: string; readonly isBucket: boolean }][] {
  const construct = findByPath(root, path);
  return ['tableArn', 'bucketArn'].flatMap((property) => {
    const arn: unknown = construct === undefined ? undefined : Reflect.get(construct, property);
    const source = { path, isBucket: property === 'bucketArn' };
    const arns = construct instanceof AppBucket ? [arn, construct.knownArn] : [arn];
    return arns.flatMap((it) => (typeof it === 'string' ? [[it, source] as const] : []));
  }) as [string, { path: string; isBucket: boolean }][];
}

/** What the function's own role was granted, by whatever method. A role of the user's does not say. */
function grantedWrites(fn: IAppFunction, sources: Sources): WriteFacts[] {
  return fn.role instanceof FunctionRole
    ? fn.role.statements
        .filter(({ effect }) => effect === iam.Effect.ALLOW)
        .flatMap((statement) => statementWrites(statement, sources))
    : [];
}

function statementWrites(
  { actions, resources }: iam.PolicyStatement,
  sources: Sources,
): WriteFacts[] {
  return resources.flatMap((resource) => {
    const table = sources.get(resource);
    if (table?.isBucket === false) {
      return actions.some((action) => TABLE_WRITE.test(action)) ? [{ path: table.path }] : [];
    }
    const [, arn = '', keys = ''] = /^([^/]*)\/(.*)$/s.exec(resource) ?? [];
    const bucket = sources.get(arn);
    const puts = actions.some((action) => OBJECT_PUT.test(action));
    const deletes = actions.some((action) => OBJECT_DELETE.test(action));
    return bucket?.isBucket === true && (puts || deletes) && !Token.isUnresolved(keys)
      ? [{ path: bucket.path, objects: { keys, puts, deletes } }]
      : [];
  });
}
