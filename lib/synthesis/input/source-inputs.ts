import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { AppFunction } from '../../function/app-function';
import { Stream, TriggerKind } from '../../kinds/trigger-kind';
import { kindOf } from '../../kinds/trigger-kinds';
import { NotificationInput, QueueInput, StreamInput } from '../../guard/guard-input';
import { resolvedNumber } from '../../model/resolved';
import { AppBucket } from '../../storage/app-bucket';
import { durableOf } from './function-input';
import { findByPath, Tree } from './tree';
import { AppContext } from '../../core/app-context';
import { FunctionContext } from '../../core/function-context';
import type { IServerlessApp } from '../../core/contract';

/** SQS's default. */
const VISIBILITY_SECONDS = 30;

/** The sources of the app's triggers of some kinds: construct paths, each once. */
function sourcesOf(app: IServerlessApp, of: (kind: TriggerKind) => boolean): string[] {
  const triggers = AppContext.of(app).model.functions.flatMap((fn) => fn.triggers);
  return [...new Set(triggers.filter((it) => of(kindOf(it))).map(({ source }) => source))];
}

/** All readers, in the whole tree, of the streams that the app reads. */
export function streamInputs(app: IServerlessApp): StreamInput[] {
  const streams = streamsOf(app);
  if (streams.size === 0) {
    return [];
  }
  const mappings = app.node.root.node
    .findAll()
    .filter((part) => part instanceof lambda.CfnEventSourceMapping)
    .filter(({ enabled }) => enabled !== false);
  return [...streams].flatMap(([path, { arn, readers: limits }]) => {
    const source = findByPath(app.node.root, path);
    const streamArn: unknown = source === undefined ? undefined : Reflect.get(source, arn);
    const readers = mappings.filter(
      ({ eventSourceArn }) => eventSourceArn !== undefined && eventSourceArn === streamArn,
    );
    const owners = readers.map(ownerOf);
    const own = owners.filter((owner) => owner instanceof AppFunction && owner.app === app).at(-1);
    return source === undefined || own === undefined || readers.length < 2
      ? []
      : [
          {
            path,
            global: isGlobal(source),
            limits,
            readers: owners.map(({ node }) => node.path),
            function: own.node.id,
          },
        ];
  });
}

/** The streams that trigger functions, by the construct paths of their sources. */
function streamsOf(app: IServerlessApp): ReadonlyMap<string, Stream> {
  const triggers = AppContext.of(app).model.functions.flatMap((fn) => fn.triggers);
  return new Map(
    triggers.flatMap((trigger): [string, Stream][] => {
      const { stream } = kindOf(trigger);
      return stream === undefined ? [] : [[trigger.source, stream]];
    }),
  );
}

/** The app's function, or the construct around the resource. */
function ownerOf(part: CfnResource): IConstruct {
  const scopes = [...part.node.scopes].reverse();
  return scopes.find((scope) => scope instanceof AppFunction) ?? part.node.scope ?? part;
}

/** Whether the table has replicas in other regions. Unknown for an imported table. */
function isGlobal(table: IConstruct): boolean {
  const resource = table.node.defaultChild;
  if (resource instanceof dynamodb.CfnGlobalTable) {
    const replicas: unknown = Stack.of(table).resolve(resource.replicas);
    return Array.isArray(replicas) && replicas.length > 1;
  }
  return table.node
    .findAll()
    .some(
      (part) =>
        CfnResource.isCfnResource(part) && part.cfnResourceType === 'Custom::DynamoDBReplica',
    );
}

/** All notifications of the buckets that trigger functions of the app without EventBridge, whatever their targets. */
export function notificationInputs(app: IServerlessApp): NotificationInput[] {
  const ids = new Map(AppContext.of(app).functions.map(({ node }) => [node.path, node.id]));
  return sourcesOf(app, ({ source }) => source?.resource === 'bucket').flatMap((path) => {
    const bucket = findByPath(app.node.root, path);
    return bucket instanceof AppBucket
      ? bucket.tells.map(({ event, filter, target }) => {
          const [prefix, suffix] = ['prefix', 'suffix'].map((name) => ruleOf(filter, name));
          return {
            bucket: path,
            event,
            prefix,
            suffix,
            unknown: Token.isUnresolved(prefix) || Token.isUnresolved(suffix),
            target: target,
            function: ids.get(target),
          };
        })
      : [];
  });
}

/** The value of a rule in a filter. The filter consists of plain objects, as given to `notifyFunction`. */
function ruleOf(filter: unknown, name: string): string | undefined {
  const { s3Key } = (filter ?? {}) as {
    s3Key?: { rules?: ReadonlyArray<{ readonly name: string; readonly value: string }> };
  };
  return s3Key?.rules?.find((rule) => rule.name === name)?.value;
}

/** The queues that trigger functions of the app, whichever construct connects them. */
export function queueInputs(app: IServerlessApp, tree: Tree): QueueInput[] {
  const mappings = tree.resources
    .filter((part) => part instanceof lambda.CfnEventSourceMapping)
    .filter((part) => !isStream(part));
  const ours = mappings.flatMap((mapping) => {
    const fn = tree.functions.get(mapping.functionName);
    return fn === undefined ? [] : [{ mapping, fn }];
  });
  if (ours.length === 0) {
    return [];
  }
  const queues = app.node.root.node.findAll().filter((part) => part instanceof sqs.Queue);
  return ours.flatMap(({ mapping, fn }) => {
    const queue = queues.find(({ queueArn }) => queueArn === mapping.eventSourceArn);
    const { visibilityTimeout = VISIBILITY_SECONDS } = (queue?.node.defaultChild ??
      {}) as Partial<sqs.CfnQueue>;
    const [visibilitySeconds, timeoutSeconds] = [
      resolvedNumber(visibilityTimeout),
      FunctionContext.of(fn).timeoutSeconds,
    ];
    return queue === undefined || visibilitySeconds === undefined || timeoutSeconds === undefined
      ? []
      : [
          {
            function: fn.node.id,
            path: queue.node.path,
            visibilitySeconds,
            windowSeconds: resolvedNumber(mapping.maximumBatchingWindowInSeconds) ?? 0,
            timeoutSeconds,
            ...durableOf(fn),
          },
        ];
  });
}

/** A stream has a starting position, a queue has none. */
function isStream({ startingPosition }: lambda.CfnEventSourceMapping): boolean {
  return startingPosition !== undefined;
}
