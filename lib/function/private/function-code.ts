import * as fs from 'node:fs';
import * as path from 'node:path';
import { Notices } from '../../core/notices';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Loader } from 'esbuild';
import { FUNCTION_DEFAULTS } from '../../core/defaults';
import { AppFunctionOptions, AppFunctionProps } from '../app-function-props';
import { PropCheck, unquoted } from '../../props/prop-check';
import { BundlingFormat, BundlingOptions } from '../../bundling/bundling-options';
import { BundledCode } from '../../bundling/bundled-code';
import type { AssetAdditions } from '../../bundling/asset-additions';
import { BundleRequest } from '../../bundling/bundle-request';
import { EntryLanguage, entryLanguage } from '../../bundling/entry-language';
import { checkCopiedFiles } from '../../bundling/copied-files';
import type { PackageFinding } from '../../bundling/package-finding';
import { warnOfBatchResults } from './batch-results';
import { warnOfFindings } from './bundle-findings';
import { informOfSize } from './large-asset';
import { goFunctionCode, pythonFunctionCode } from './other-code';
import { warnOfUnsetVariables } from './unset-variables';
import { webRules } from './web-rules';
import { FunctionContext } from '../../core/function-context';
import type { IAppFunction } from '../../core/contract';

interface CodeAndHandler {
  readonly code: lambda.Code;
  readonly handler: string;
  readonly environment?: { readonly [key: string]: string };
}

/** The code of the function: the user's own code, or the bundled entry. */
export function resolveCode(
  fn: IAppFunction,
  options: AppFunctionOptions,
  props: AppFunctionProps,
): CodeAndHandler {
  const handler = options.handler ?? FUNCTION_DEFAULTS.handler;
  if (props.code !== undefined) {
    return { code: props.code, handler };
  }
  checkBundling(fn, options.bundling ?? {});
  const entry = props.entry as string;
  const language = requireLanguage(fn, entry);
  const file = requireEntry(fn, entry, language);
  const runtime = options.runtime ?? FUNCTION_DEFAULTS.runtime;
  const common = {
    owner: `${fn.app.node.path}: \`functions.${fn.node.id}.entry\``,
    root: fn.app.root,
  };
  let inCode: readonly PackageFinding[] = [];
  const { additions, options: esbuildOptions } = splitBundling(fn, options, () => inCode);
  if (language === 'Python') {
    const { cache } = options.bundling ?? {};
    return pythonFunctionCode(
      fn,
      { ...common, additions },
      { entry: file, handler, runtime, cache },
    );
  }
  if (language === 'Go') {
    return goFunctionCode(fn, { ...common, additions }, file);
  }
  const code = new BundledCode({
    ...common,
    entry: file,
    handler,
    nodeVersion: nodeMajor(runtime),
    options: esbuildOptions,
    additions,
    reportFindings: (findings) => {
      inCode = findings;
      warnOfFindings(fn, options.bundling ?? {}, findings);
      warnOfBatchResults(fn, findings);
      warnOfUnsetVariables(fn, findings);
    },
    web: handler === FUNCTION_DEFAULTS.handler ? () => webRules(fn) : undefined,
  });
  return { code, handler: `index.${handler}`, ...sourceMapEnvironment(options) };
}

/** The options for esbuild, and the files added to the asset. */
function splitBundling(
  fn: IAppFunction,
  { bundling = {}, architecture = FUNCTION_DEFAULTS.architecture }: AppFunctionOptions,
  inCode: () => readonly PackageFinding[],
): Pick<BundleRequest, 'options'> & { readonly additions: AssetAdditions } {
  const { nodeModules = [], installScripts = false, copyFiles = [], ...options } = bundling;
  const external = [...(options.externalModules ?? []), ...nodeModules];
  return {
    options: external.length === 0 ? options : { ...options, externalModules: external },
    additions: {
      check: FunctionContext.of(fn).check.at('bundling'),
      architecture: architecture.name,
      nodeModules,
      installScripts,
      copyFiles,
      tellLeftOut: (prop, source, names) => {
        warnOfSecrets(fn, prop, source, names);
      },
      tellLarge: (sizes) => {
        informOfSize(fn, sizes, inCode());
      },
    },
  };
}

function warnOfSecrets(
  fn: IAppFunction,
  prop: string,
  source: string,
  names: readonly string[],
): void {
  const [first = ''] = names;
  const listed = names.map((name) => `\`${name}\``).join(', ');
  Notices.of(fn).add({
    fn,
    level: 'warning',
    id: 'cdk-serverless-app:secret-file',
    message:
      `${fn.app.node.path}: \`functions.${fn.node.id}.bundling.${prop}\` leaves out ${listed} in \`${source}\`, which usually holds secrets: ` +
      `move it, or, if the function needs it, name it explicitly: \`{ source: "${path.posix.join(source, first)}" }\``,
  });
}

function requireLanguage(fn: IAppFunction, entry: string): EntryLanguage {
  const language = entryLanguage(fn.app.root, entry);
  if (language === undefined) {
    throw FunctionContext.of(fn).check.error(
      'entry',
      'must be a TypeScript, JavaScript, Python or Go file, or the folder of a Go package',
      entry,
      'name the file with its extension, for example `src/get-order.ts`, or give `code`, `handler` and `runtime` for another language',
    );
  }
  return language;
}

function requireEntry(fn: IAppFunction, entry: string, language: EntryLanguage): string {
  const file = path.resolve(fn.app.root, entry);
  if (language === 'Go' ? !fs.existsSync(file) : !isFile(file)) {
    throw FunctionContext.of(fn).check.error(
      'entry',
      'must be a file that exists',
      file,
      `correct the path, or the app’s \`root\` (${fn.app.root}), which it is relative to`,
    );
  }
  return file;
}

/** https://esbuild.github.io/content-types/ */
const LOADERS: readonly string[] = [
  'base64',
  'binary',
  'copy',
  'css',
  'dataurl',
  'default',
  'empty',
  'file',
  'global-css',
  'js',
  'json',
  'jsx',
  'local-css',
  'text',
  'ts',
  'tsx',
] satisfies ReadonlyArray<Loader | 'global-css'>;

/** Adds the path of the option to esbuild's own error. */
function checkBundling(fn: IAppFunction, bundling: BundlingOptions): void {
  const { loader = {}, tsconfig, nodeModules = [], copyFiles = [] } = bundling;
  const check = FunctionContext.of(fn).check.at('bundling');
  checkFormat(bundling, check);
  checkCopiedFiles(copyFiles, fn.app.root, check);
  for (const name of nodeModules) {
    if (!/^(@\w[\w.~-]*\/)?\w[\w.~-]*$/.test(name)) {
      const remedy =
        'write, for example, `["sharp", "@node-rs/bcrypt"]`, without versions or paths';
      throw check.error('nodeModules', 'must be package names', name, remedy);
    }
  }
  for (const [extension, name] of Object.entries(loader)) {
    if (!/^\.[^/\\]+$/.test(extension)) {
      throw check.error(
        'loader',
        'must name file extensions with their dot',
        extension,
        'write, for example, `{ ".html": "text" }`',
      );
    }
    if (!LOADERS.includes(name)) {
      throw check.error(
        'loader',
        `must give \`${extension}\` one of esbuild’s loaders`,
        name,
        `use one of ${LOADERS.join(', ')}`,
      );
    }
  }
  const file = tsconfig === undefined ? undefined : path.resolve(fn.app.root, tsconfig);
  if (file !== undefined && !isFile(file)) {
    throw check.error(
      'tsconfig',
      'must be a file that exists',
      file,
      `correct the path, or the app’s \`root\` (${fn.app.root}), which it is relative to`,
    );
  }
}

function checkFormat(
  { format, sharedChunks, loader = {} }: BundlingOptions,
  check: PropCheck,
): void {
  const formats = Object.values(BundlingFormat);
  if (format !== undefined && !formats.includes(format)) {
    throw check.error(
      'format',
      `must be one of ${formats.join(', ')}`,
      format,
      'use `BundlingFormat`',
    );
  }
  if (sharedChunks !== true) {
    return;
  }
  if (format === BundlingFormat.CJS) {
    throw check.error(
      'sharedChunks',
      'must not be combined with `format: BundlingFormat.CJS`, because only ES modules can be split',
      sharedChunks,
      'leave out one of the two',
    );
  }
  const [extension] = Object.entries(loader).find(([, it]) => it === 'file' || it === 'copy') ?? [];
  if (extension !== undefined) {
    throw check.error(
      'sharedChunks',
      'must not be combined with a `file` or `copy` loader, whose files are beside the code of one function',
      unquoted(`\`loader\` for \`${extension}\``),
      'put such files into the asset with `copyFiles`',
    );
  }
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** `nodejs24.x` runs Node.js 24. A runtime name without a number means the newest. */
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
