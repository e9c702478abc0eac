import * as fs from 'node:fs';
import * as path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FUNCTION_DEFAULTS } from '../../private/defaults';
import type { AppFunction } from '../app-function';
import { AppFunctionOptions, AppFunctionProps } from '../app-function-props';
import { BundledCode } from './bundled-code';

interface CodeAndHandler {
  readonly code: lambda.Code;
  readonly handler: string;
  readonly environment?: { readonly [key: string]: string };
}

/** What runs: the user's own code, or the entry, bundled. */
export function resolveCode(
  fn: AppFunction,
  options: AppFunctionOptions,
  props: AppFunctionProps,
): CodeAndHandler {
  const handler = options.handler ?? FUNCTION_DEFAULTS.handler;
  if (props.code !== undefined) {
    return { code: props.code, handler };
  }
  const runtime = options.runtime ?? FUNCTION_DEFAULTS.runtime;
  const code = new BundledCode({
    owner: `${fn.app.node.path}: \`functions.${fn.node.id}.entry\``,
    entry: requireEntry(fn, props.entry as string),
    handler,
    root: fn.app.root,
    nodeVersion: nodeMajor(runtime),
    options: options.bundling ?? {},
  });
  return { code, handler: `index.${handler}`, ...sourceMapEnvironment(options) };
}

function requireEntry(fn: AppFunction, entry: string): string {
  const file = path.resolve(fn.app.root, entry);
  if (!/\.[cm]?[jt]sx?$/.test(entry)) {
    throw fn._check.error(
      'entry',
      'must be a TypeScript or JavaScript file',
      entry,
      'name the file with its extension, for example `src/get-order.ts`',
    );
  }
  if (!fs.existsSync(file) || !fs.statSync(file).isFile()) {
    throw fn._check.error(
      'entry',
      'must be a file that exists',
      file,
      `correct it, or the app’s \`root\` (${fn.app.root}), from which it starts`,
    );
  }
  return file;
}

/** `nodejs24.x` runs Node.js 24. A runtime without a number is the newest. */
function nodeMajor(runtime: lambda.Runtime): string {
  return /^nodejs(\d+)/.exec(runtime.name)?.[1] ?? nodeMajor(FUNCTION_DEFAULTS.runtime);
}

function sourceMapEnvironment(options: AppFunctionOptions): Pick<CodeAndHandler, 'environment'> {
  if (options.bundling?.sourceMap !== true) {
    return {};
  }
  const given = options.environment?.NODE_OPTIONS;
  const flags = [given, '--enable-source-maps'].filter((flag) => flag !== undefined).join(' ');
  return { environment: { ...options.environment, NODE_OPTIONS: flags } };
}
