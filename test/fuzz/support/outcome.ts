import { App, Stack } from 'aws-cdk-lib';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { AppFunction, ServerlessApp } from 'cdk-serverless-app';
import type { AppSpec, Call } from '../generators/app-spec';
import { Made, realize } from './recipe';

/** The files of the cloud assembly that follow from an app: templates, what the app consists of and costs, and its report. */
export type Files = Readonly<Record<string, string>>;

export type Outcome = { readonly refused: string } | { readonly files: Files };

const HANDLERS = path.join(__dirname, '..', '..', 'handlers');
/** Owner, path of the prop, rule, what was got, remedy. */
const OURS = /^[^`]+: `[^`]*` .+, got .+: .+/s;
/** What the CDK calls the validations of a construct tree. */
const VALIDATION = 'Validation failed with the following errors:\n';

/** Makes the app and synthesizes it. Anything but an error of the library itself is thrown on. */
export function outcomeOf(spec: AppSpec): Outcome {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'serverless-app-fuzz-'));
  try {
    const cdk = new App({
      outdir,
      analyticsReporting: false,
      treeMetadata: false,
      // Templates are validated by the same plugin, many at a time: see validation.ts.
      builtinCloudFormationValidation: false,
      // Code is bundled by tests of its own; here the CLI wants none.
      context: { 'aws:cdk:bundling-stacks': [], 'aws:cdk:enable-path-metadata': true },
    });
    build(new Stack(cdk, 'Test'), spec);
    cdk.synth();
    return { files: filesIn(outdir) };
  } catch (error) {
    return { refused: requireOurs(error) };
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

function build(stack: Stack, { props, calls }: AppSpec): void {
  const made: Made = { stack, tables: [], buckets: [], streams: [], functions: [] };
  const given = realize(props, made);
  const whole = isPlain(given) ? { root: HANDLERS, ...given } : given;
  const app = new ServerlessApp(stack, 'App', whole as object);
  for (const call of calls) {
    const result = invoke(app, call, made);
    if (call.method === 'addTable') {
      made.tables.push(result as never);
    } else if (call.method === 'addBucket') {
      made.buckets.push(result as never);
    } else if (call.method === 'addStream') {
      made.streams.push(result as never);
    } else if (result instanceof AppFunction) {
      made.functions.push(result);
    }
    call.then?.forEach((next) => invoke(result, next, made));
  }
}

function invoke(target: unknown, { method, args }: Call, made: Made): unknown {
  const call = (target as Record<string, (...values: unknown[]) => unknown>)[method];
  return call?.apply(
    target,
    args.map((arg) => realize(arg, made)),
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function filesIn(outdir: string): Files {
  const names = fs
    .readdirSync(outdir)
    .filter((name) => /\.((template|serverless-app|cost)\.json|report\.html)$/.test(name));
  return Object.fromEntries(
    names.sort().map((name) => [name, fs.readFileSync(path.join(outdir, name), 'utf8')]),
  );
}

/** The messages of the library's own refusal; whatever else was thrown is a defect. */
function requireOurs(error: unknown): string {
  if (!(error instanceof Error)) {
    throw new Error(`what was thrown is no error: ${String(error)}`);
  }
  const { message } = error;
  const at = message.indexOf(VALIDATION);
  const messages =
    at < 0
      ? [message]
      : message
          .slice(at + VALIDATION.length)
          .split(/\n {2}(?=\[)/)
          .map((line) => line.replace(/^\s*\[[^\]]*\] /, ''));
  const strange = messages.find((line) => !OURS.test(line));
  if (strange !== undefined) {
    throw new Error(`not an error of the library: ${strange}\n${error.stack ?? ''}`, {
      cause: error,
    });
  }
  return messages.join('\n');
}
