import { IResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Whether a resource is, or may be, in another account or region than a function. The account and region in its ARN count, if it
 * has them, since the CDK does not read them from the ARN of every imported resource.
 */
export function isElsewhere(fn: IConstruct, resource: IResource, arn: string): boolean {
  const stack = Stack.of(fn);
  const named = partsOf(arn);
  if (named === undefined && resource.node.defaultChild === undefined && Token.isUnresolved(arn)) {
    return true; // Imported by an ARN that is known only at deployment.
  }
  const { account, region } = named ?? resource.env;
  return differs(stack, account, stack.account) || differs(stack, region, stack.region);
}

/** Account and region of an ARN, if its text has these parts. */
function partsOf(arn: string): { readonly account: string; readonly region: string } | undefined {
  const [, , , region, account, resource] = arn.split(':');
  return region === undefined || account === undefined || resource === undefined
    ? undefined
    : { account, region };
}

/** Two unknown values count as equal: both are those of the deployment. */
function differs(stack: Stack, theirs: string, ours: string): boolean {
  const same = [TokenComparison.SAME, TokenComparison.BOTH_UNRESOLVED];
  return (
    theirs !== '' && !same.includes(Token.compareStrings(theirs, ours)) && !isOwn(stack, theirs)
  );
}

/** `Aws.ACCOUNT_ID` and `Aws.REGION` mean the stack's own. */
function isOwn(stack: Stack, value: string): boolean {
  const { Ref: ref } = (Token.isUnresolved(value) ? stack.resolve(value) : {}) as { Ref?: string };
  return ref === 'AWS::AccountId' || ref === 'AWS::Region';
}
