import { IResource, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PropCheck, unquoted } from '../props/prop-check';
import type { IAppFunction } from '../core/contract';

const ADD = {
  bucket: 'addBucket',
  eventBus: 'addEventBus',
  queue: 'addQueue',
  table: 'addTable',
  topic: 'addTopic',
} as const;

const NOUN = {
  bucket: 'a bucket',
  eventBus: 'an event bus',
  queue: 'a queue',
  table: 'a table',
  topic: 'a topic',
} as const;

type Dimension = 'account' | 'region';

/**
 * The event source must exist, have the right type, and be in the function's account and region, because its events reach no
 * other. Values that are unknown at synthesis are not compared. Neither is a table imported by its ARN, whose account the CDK
 * does not read: Lambda can read a stream of another account if the stream's policy allows it.
 *
 * @param same what must be the function's
 */
export function requireSource(
  fn: IAppFunction,
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
      'use `onObjectCreated` for a bucket, `onTableChange` for a table, `onMessage` for a queue, and `onNotification` for a topic',
    );
  }
  const stack = Stack.of(fn);
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
