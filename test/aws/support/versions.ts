import { App, Stack, StackProps } from 'aws-cdk-lib';
import { ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { compareStacks } from '../../../bin/diff/compare-stacks';
import type { Finding } from '../../../bin/diff/finding';
import { readStacks } from '../../../bin/diff/read-assembly';
import type { Leftover } from '../../../bin/diff/rules/conflicts';
import type { StackTree } from '../../../bin/diff/template';
import { HANDLERS, quickCdkApp } from '../../support/synth';

/** One state of an app, in the words of its user. */
export interface Version {
  readonly props?: ServerlessAppProps;
  readonly stackProps?: StackProps;
  /** Props that need the stack, for example a bucket of one's own. */
  readonly propsIn?: (stack: Stack) => ServerlessAppProps;
  readonly declare: (app: ServerlessApp, stack: Stack) => void;
}

const ENV = { account: '111111111111', region: 'eu-west-1' };

export function stackOf(version: Version): StackTree {
  const [found] = readStacks(synthesize(version));
  if (found === undefined) {
    throw new Error('there is no stack');
  }
  return found.tree;
}

/** Synthesizes a version, and gives the folder of its cloud assembly. */
export function synthesize(
  { props, stackProps, propsIn, declare }: Version,
  env = ENV,
  stackName = 'Shop',
): string {
  const cdk: App = quickCdkApp();
  const stack = new Stack(cdk, stackName, { env, ...stackProps });
  const app = new ServerlessApp(stack, 'Orders', {
    root: HANDLERS,
    ...props,
    ...propsIn?.(stack),
  });
  declare(app, stack);
  return cdk.synth().directory;
}

/** What is found when one version after the other is deployed, step by step. */
export function deploymentsOf(versions: readonly Version[]): Finding[][] {
  const trees = versions.map(stackOf);
  let leftovers: readonly Leftover[] = [];
  return trees.slice(1).map((tree, i) => {
    const difference = compareStacks(trees[i], tree, leftovers);
    leftovers = [...leftovers, ...difference.leftovers];
    return [...difference.findings];
  });
}
