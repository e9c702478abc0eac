import { IResource, Names, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { PropCheck, unquoted } from '../props/prop-check';
import type { IAppFunction } from '../core/contract';
import { FunctionContext } from '../core/function-context';

const ADD = {
  bucket: 'addBucket',
  eventBus: 'addEventBus',
  queue: 'addQueue',
  stream: 'addStream',
  table: 'addTable',
  topic: 'addTopic',
} as const;

const NOUN = {
  bucket: 'a bucket',
  eventBus: 'an event bus',
  queue: 'a queue',
  stream: 'a stream',
  table: 'a table',
  topic: 'a topic',
} as const;

type Dimension = 'account' | 'region';

/**
 * The event source must exist, have the right type, and be in the function's account and region, because its events reach no
 * other one. Values that are unknown at synthesis are not compared. Neither is a table imported by its ARN, whose account the CDK
 * does not read: Lambda can read a stream of another account if the stream's policy allows it.
 *
 * @param same what the source must share with the function
 */
export function requireSource(
  listener: IConstruct,
  source: IResource,
  prop: keyof typeof ADD,
  check: PropCheck,
  same: readonly Dimension[] = ['account', 'region'],
): void {
  if (!Construct.isConstruct(source)) {
    throw check.error(
      prop,
      `must be ${NOUN[prop]}`,
      source,
      `create one with \`${ADD[prop]}\`, or import one`,
    );
  }
  // By its members, because `instanceof` does not recognise a class of another copy of the CDK.
  if (!(`${prop}Arn` in source)) {
    throw check.error(
      prop,
      `must be ${NOUN[prop]}`,
      unquoted(`${source.node.path}, which is not one`),
      'use `onObjectCreated` for a bucket, `onTableChange` for a table, `onMessage` for a queue, `onRecord` for a Kinesis stream, and `onNotification` for a topic',
    );
  }
  const stack = Stack.of(listener);
  for (const dimension of same) {
    requireSame(dimension, stack[dimension], source, prop, check);
  }
}

function requireSame(
  dimension: Dimension,
  ours: string,
  source: IResource,
  prop: string,
  check: PropCheck,
): void {
  const theirs = source.env[dimension];
  if (Token.isUnresolved(ours) || Token.isUnresolved(theirs) || ours === theirs) {
    return;
  }
  throw check.error(
    prop,
    `must be in the function’s ${dimension}, ${ours}`,
    `${source.node.path} in ${theirs}`,
    `create an app in a stack in ${theirs} that does the work or forwards the events`,
  );
}

/** Distinguishes two sources that trigger one function; a source of the app uses its own short id. */
export function idOfSource(fn: IAppFunction, source: IResource): string {
  return source.node.scope === fn.app ? source.node.id : Names.nodeUniqueId(source.node);
}

/**
 * Rejects a second trigger of a function on the same source, for which AWS keeps one mapping or subscription.
 *
 * @param kind what the source is: `table`
 * @param remedy how to write it instead
 */
export function requireFirst(
  fn: IAppFunction,
  id: string,
  source: IResource,
  kind: string,
  remedy = 'put all `filters` into one trigger, or add another function',
): void {
  if (fn.node.tryFindChild(id) !== undefined) {
    throw FunctionContext.of(fn).check.error(
      'triggers',
      `must name each ${kind} once`,
      unquoted(`${source.node.path} twice`),
      remedy,
    );
  }
}
