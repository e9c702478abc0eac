import { IResource, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PropCheck, unquoted } from '../props/prop-check';
import type { IAppFunction } from '../core/contract';

const ADD = { bucket: 'addBucket', queue: 'addQueue', table: 'addTable' } as const;

/**
 * The source of events must be there, of the right kind, and in the function's account and region: what a bucket tells reaches
 * no other. What is not known at synthesis is not compared. Nor is a table that is imported by its ARN, of which the CDK does
 * not read the account: Lambda follows one of another account if a policy of the stream lets it.
 */
export function requireSource(
  fn: IAppFunction,
  source: IResource,
  prop: 'bucket' | 'queue' | 'table',
  check: PropCheck,
): void {
  if (!Construct.isConstruct(source)) {
    throw check.error(
      prop,
      `must be a ${prop}`,
      source,
      `create one with \`${ADD[prop]}\`, or import one`,
    );
  }
  // By what it has, since a class of another copy of the CDK would not be known.
  if (!(`${prop}Arn` in source)) {
    throw check.error(
      prop,
      `must be a ${prop}`,
      unquoted(`${source.node.path}, which is none`),
      'use `onObjectCreated` for a bucket, `onTableChange` for a table, and `onMessage` for a queue',
    );
  }
  const stack = Stack.of(fn);
  for (const dimension of ['account', 'region'] as const) {
    requireSame(dimension, stack[dimension], source, prop, check);
  }
}

function requireSame(
  dimension: 'account' | 'region',
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
    `put an app into a stack in ${theirs}, and let it do the work or hand it on`,
  );
}
