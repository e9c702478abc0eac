import { allows } from '../../../lib/kinds/iam-actions';
import { findHandler } from '../handler-file';
import type { Definition, FunctionModel, Note, StatementModel } from '../model';
import { listOf, mapOf, textOf } from '../value';
import { callsOfHandler, FunctionCalls } from './function-calls';

/**
 * Services whose permissions are needed without an operation of the SDK: by encryption, roles that are passed on, networks, traces and logs, and
 * by connections and requests that drivers sign themselves.
 */
const NOT_BY_CALLS = new Set(
  (
    'kms iam sts logs xray ec2 elasticfilesystem cloudformation tag ' +
    'aoss appsync cassandra dax dsql elasticache es iot kafka kafka-cluster memorydb mq neptune-db rds-db s3-object-lambda s3express ' +
    'timestream vpc-lattice-svcs'
  ).split(' '),
);

/** What Lambda itself calls with the role of the function, to read what runs it. */
const BY_LAMBDA = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
  'kinesis:ListStreams',
  'kinesis:SubscribeToShard',
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];

/** Gives each function those actions of the shared statements that its code calls. Where the calls are not known for certain, it keeps all. */
export function divideShared(definition: Definition, folder: string): Definition {
  const { functions } = definition;
  const sharing = functions.filter((fn) => (fn.sharedStatements ?? []).length > 0);
  if (sharing.length < 2) {
    return definition;
  }
  const notes: Note[] = [];
  const kept = new Map<string, string[]>();
  const divided = functions.map((fn) => {
    const shared = fn.sharedStatements ?? [];
    if (shared.length === 0) {
      return fn;
    }
    try {
      const calls = callsOf(fn, definition, folder);
      const taken = shared.map((one) => called(one, calls, fn));
      const left = taken.filter((one): one is StatementModel => one !== undefined);
      const actions = [
        ...new Set(
          left.flatMap(({ actions: all }) => listOf(all).flatMap((one) => textOf(one) ?? [])),
        ),
      ];
      if (JSON.stringify(left) !== JSON.stringify(shared)) {
        notes.push({
          kind: 'differs',
          at: fn.at,
          text:
            actions.length === 0
              ? 'its code calls none of the actions of the shared statements, so it gets none of them'
              : `of the shared statements it gets what its code can call, and what may be needed without a call: ${actions.join(', ')}`,
        });
      }
      return { ...fn, sharedStatements: left };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      kept.set(reason, [...(kept.get(reason) ?? []), fn.at]);
      return fn;
    }
  });
  for (const [reason, ats] of kept) {
    notes.push({
      kind: 'check',
      at: ats.join(', '),
      text: `keeps all shared statements, because what it calls is not known for certain: ${reason}`,
    });
  }
  return { ...definition, functions: divided, notes: [...definition.notes, ...notes] };
}

function callsOf(fn: FunctionModel, { defaults }: Definition, folder: string): FunctionCalls {
  const runtime = fn.settings.runtime ?? defaults.runtime ?? 'nodejs24.x';
  if (!runtime.startsWith('nodejs') || fn.handler === undefined) {
    throw new Error('its handler is not JavaScript or TypeScript');
  }
  if (fn.notes.some(({ kind }) => kind === 'lost')) {
    throw new Error('what is not carried over, such as an event of a broker, may need permissions');
  }
  if ([...(fn.settings.layers ?? []), ...(defaults.layers ?? [])].length > 0) {
    throw new Error('its layers may call AWS');
  }
  const { NODE_OPTIONS: options, AWS_LAMBDA_EXEC_WRAPPER: wrapper } = {
    ...mapOf(defaults.environment),
    ...mapOf(fn.settings.environment),
  };
  const loads =
    options !== undefined &&
    !/^(--(enable-source-maps|max[-_]\w[\w-]*=\d+)\s*)*$/.test(textOf(options) ?? '?');
  if (wrapper !== undefined || loads) {
    throw new Error('its environment makes Node.js run other code first');
  }
  const { entry, exists } = findHandler(folder, fn.code, fn.handler);
  if (!exists) {
    throw new Error('the file of its handler is not there');
  }
  return callsOfHandler(folder, entry);
}

/** The part of a statement that the code calls. */
function called(
  statement: StatementModel,
  { actions, whole }: FunctionCalls,
  fn: FunctionModel,
): StatementModel | undefined {
  const given = listOf(statement.actions);
  const isPlain =
    statement.effect === 'Allow' &&
    statement.notActions === undefined &&
    given.length > 0 &&
    given.every((one) => typeof one === 'string');
  if (!isPlain) {
    return statement;
  }
  const isPolled = fn.events.some(({ kind }) => ['queue', 'table', 'stream'].includes(kind));
  const needed = [...actions, ...(isPolled ? BY_LAMBDA : [])];
  const kept = given.flatMap((one): string[] => {
    const action = one;
    const service = action.split(':')[0]?.toLowerCase() ?? '';
    if (/[*?]/.test(service) || NOT_BY_CALLS.has(service) || whole.has(service)) {
      return [action];
    }
    const found = needed.filter((name) => allows([action], name));
    return found.length > 0 && !/[*?]/.test(action) ? [action] : found;
  });
  return kept.length === 0 ? undefined : { ...statement, actions: [...new Set(kept)] };
}
