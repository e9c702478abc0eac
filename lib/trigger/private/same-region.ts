import { IResource, Stack, Token } from 'aws-cdk-lib';
import type { AppFunction } from '../../function/app-function';
import { PropCheck } from '../../private/prop-check';

/** Lambda reads and hears only sources of its own region. Regions that are not known at synthesis are not compared. */
export function requireSameRegion(
  fn: AppFunction,
  source: IResource,
  prop: string,
  check: PropCheck,
): void {
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
