import { IResource, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { AppFunction } from '../../function/app-function';
import { PropCheck } from '../../private/prop-check';

/**
 * The source of events must be there, and in the function's region: Lambda reads and hears no other. Regions that are not
 * known at synthesis are not compared.
 */
export function requireSource(
  fn: AppFunction,
  source: IResource,
  prop: string,
  check: PropCheck,
): void {
  if (!Construct.isConstruct(source)) {
    throw check.error(
      prop,
      `must be a ${prop}`,
      source,
      'make one with `addTable` or `addBucket`, or import it',
    );
  }
  const { region } = Stack.of(fn);
  const theirs = source.env.region;
  if (Token.isUnresolved(region) || Token.isUnresolved(theirs) || region === theirs) {
    return;
  }
  throw check.error(
    prop,
    `must be in the function’s region, ${region}`,
    `${source.node.path} in ${theirs}`,
    `put an app into a stack in ${theirs}, and let it do the work or hand it on`,
  );
}
