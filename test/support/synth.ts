import { App, AppProps, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { HANDLERS } from './handlers';
import { Files, writeFiles } from './write-files';

const folders: string[] = [];

afterAll(() => {
  folders.forEach((folder) => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
});

/** A folder with these files, removed after the test file. */
export function tempFolder(files: Files = {}): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'serverless-app-test-'));
  folders.push(folder);
  writeFiles(folder, files);
  return folder;
}

/** The CDK otherwise records a stack trace for each resource and each property, which no test reads. */
const NO_STACK_TRACES = {
  'aws:cdk:disable-creation-stack-traces': true,
  'aws:cdk:disable-stack-trace': true,
};

/** A CDK app in which the CDK's own validation of templates is on, and an error. */
export function cdkApp(props: AppProps = {}): App {
  return new App({
    outdir: tempFolder(),
    ...props,
    context: {
      ...NO_STACK_TRACES,
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      ...props.context,
    },
  });
}

/**
 * A CDK app for assertions about its template alone: it has no bundles and no validation, which together take most of the time
 * of a synthesis.
 */
export function quickCdkApp(props: AppProps = {}): App {
  return new App({
    outdir: tempFolder(),
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
    ...props,
    context: { ...NO_STACK_TRACES, 'aws:cdk:bundling-stacks': [], ...props.context },
  });
}

/** A CDK app that bundles, without the validation. */
export function bundlingCdkApp(props: AppProps = {}): App {
  return quickCdkApp({
    ...props,
    context: { 'aws:cdk:bundling-stacks': ['**'], ...props.context },
  });
}

/** A stack with one serverless app in it. */
export function serverlessApp(
  props: ServerlessAppProps = {},
  stackProps: StackProps = {},
): { app: ServerlessApp; stack: Stack } {
  return appIn(new Stack(cdkApp(), 'Test', stackProps), props);
}

/** The same without validation of the template: for the many small assertions. */
export function quickApp(
  props: ServerlessAppProps = {},
  stackProps: StackProps = {},
): { app: ServerlessApp; stack: Stack } {
  return appIn(new Stack(quickCdkApp(), 'Test', stackProps), props);
}

function appIn(stack: Stack, props: ServerlessAppProps): { app: ServerlessApp; stack: Stack } {
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, ...props });
  return { app, stack };
}

export interface ResourceJson {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string | string[];
  readonly DeletionPolicy?: string;
  readonly Metadata?: Record<string, unknown>;
}

/** The resources of a stack's template by logical id, of one type or of all. */
export function resources(stack: Stack, type?: string): Record<string, ResourceJson> {
  const all = templateOf(stack).Resources ?? {};
  return Object.fromEntries(
    Object.entries(all).filter(([, resource]) => type === undefined || resource.Type === type),
  );
}

/** The bucket that comes with any other in production, and its policy. */
const ACCESS_LOGS = /AccessLogs(Policy)?[0-9A-F]{8}$/;

/** The properties of the one resource of a type, where the bucket of access logs does not count. */
export function only(stack: Stack, type: string): Record<string, unknown> {
  const found = Object.entries(resources(stack, type))
    .filter(([id]) => !ACCESS_LOGS.test(id))
    .map(([, resource]) => resource);
  if (found.length !== 1) {
    throw new Error(`there must be one ${type}, got ${found.length}`);
  }
  return found[0]?.Properties ?? {};
}

/** The properties of all resources of a type, in the order of the template. */
export function all(stack: Stack, type: string): Record<string, unknown>[] {
  return Object.values(resources(stack, type)).map((resource) => resource.Properties ?? {});
}

/** The logical ids of all resources of a type, in alphabetical order. */
export function ids(stack: Stack, type?: string): string[] {
  return Object.keys(resources(stack, type)).sort();
}

export interface TemplateJson {
  readonly Resources?: Record<string, ResourceJson>;
  readonly Parameters?: Record<string, unknown>;
  readonly Outputs?: Record<string, unknown>;
}

export function templateOf(stack: Stack): TemplateJson {
  return Template.fromStack(stack).toJSON();
}

/** The warnings of a stack, as text. */
export function warnings(stack: Stack): string[] {
  return Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map((message) => JSON.stringify(message.entry.data));
}

/** The texts of all information messages of a stack. */
export function infos(stack: Stack): string[] {
  return Annotations.fromStack(stack)
    .findInfo('*', Match.anyValue())
    .map(({ entry }) => entry.data as string);
}

export { Annotations, HANDLERS, Match, Template, Validations, fs, os, path };
