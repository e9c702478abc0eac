import type { SourceModel } from '../../model';
import { pascal } from '../../names';
import { textOf, Value } from '../../value';
import { call, code, Node, object, quote } from '../print';
import { imported } from '../resource/imported';
import { interfaceOf } from '../resource/interfaces';
import type { Scope } from '../scope';
import { textNode } from '../values';

export function sourceNode(
  source: SourceModel,
  kind: 'queue' | 'table' | 'stream' | 'topic' | 'bucket' | 'pool',
  scope: Scope,
): Node {
  const logicalId = source.logicalId ?? source.makes;
  if (
    logicalId !== undefined &&
    (scope.find(logicalId) !== undefined || source.arn === undefined)
  ) {
    return code(interfaceOf(logicalId, scope));
  }
  const given = source.arn ?? source.name;
  const id = `${pascal(
    textOf(given)
      ?.split(/[:/]/)
      .filter((part) => /[a-z]/i.test(part))
      .at(-1) ?? kind,
  ).slice(0, 40)}${pascal(kind)}`;
  const factories: Readonly<Record<typeof kind, readonly [string, string]>> = {
    queue: ['sqs', 'Queue.fromQueueArn'],
    table: ['dynamodb', 'Table.fromTableAttributes'],
    stream: ['kinesis', 'Stream.fromStreamArn'],
    topic: ['sns', 'Topic.fromTopicArn'],
    bucket: ['s3', 'Bucket.fromBucketName'],
    pool: ['cognito', 'UserPool.fromUserPoolId'],
  };
  const [module, factory] = factories[kind];
  const argument = kind === 'table' ? tableAttributes(given, scope) : textNode(given, scope);
  return imported(
    kind,
    given,
    (constructId) =>
      call(`${scope.module(module)}.${factory}`, [code('stack'), quote(constructId), argument]),
    scope,
    id,
  );
}

/** A table known by the ARN of its stream: `arn:…:table/Orders/stream/2026-…`. */
function tableAttributes(streamArn: Value, scope: Scope): Node {
  const text = textOf(streamArn);
  const node = textNode(streamArn, scope);
  const tableArn = text === undefined ? undefined : /^(.*:table\/[^/]+)\//.exec(text)?.[1];
  return object({
    tableArn:
      tableArn === undefined
        ? call(`${scope.cdk('Fn')}.select`, [
            code('0'),
            call(`${scope.cdk('Fn')}.split`, [quote('/stream/'), node]),
          ])
        : quote(tableArn),
    tableStreamArn: node,
  });
}

export function busNode(source: SourceModel, scope: Scope): Node {
  const logicalId = source.logicalId ?? source.makes;
  if (logicalId !== undefined) {
    return code(interfaceOf(logicalId, scope));
  }
  const given = source.arn ?? source.name;
  const factory = source.arn === undefined ? 'fromEventBusName' : 'fromEventBusArn';
  return imported(
    'bus',
    given,
    (id) =>
      call(`${scope.module('events')}.EventBus.${factory}`, [
        code('stack'),
        quote(id),
        textNode(given, scope),
      ]),
    scope,
  );
}
