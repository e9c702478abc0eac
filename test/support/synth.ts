import { App, AppProps, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';

/** A folder with handlers that tests may name as entries: `ok.ts`, `other.ts`, and so on. */
export const HANDLERS = path.join(__dirname, '..', 'handlers');

/** A CDK app in which the CDK's own validation of templates is on, and an error. */
export function cdkApp(props: AppProps = {}): App {
  return new App({
    ...props,
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true, ...props.context },
  });
}

/** A stack with one serverless app in it. */
export function serverlessApp(
  props: ServerlessAppProps = {},
  stackProps: StackProps = {},
): { app: ServerlessApp; stack: Stack } {
  const stack = new Stack(cdkApp(), 'Test', stackProps);
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, ...props });
  return { app, stack };
}

export { Annotations, Match, Template, Validations, fs, os, path };
