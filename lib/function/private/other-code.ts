import * as fs from 'node:fs';
import * as path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BundledCode } from '../../bundling/bundled-code';
import type { PythonRequest } from '../../bundling/bundle-request';
import { assetBuilder } from '../../bundling/load-assets';
import type { IAppFunction } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { Notices } from '../../core/notices';
import { unquoted } from '../../props/prop-check';

type Common = Pick<PythonRequest, 'owner' | 'root' | 'additions'>;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const MAX_HANDLER_LENGTH = 128;

/** The code of a Python function, and Lambda's handler string. */
export function pythonFunctionCode(
  fn: IAppFunction,
  common: Common,
  options: {
    readonly entry: string;
    readonly handler: string;
    readonly runtime: lambda.Runtime;
    readonly cache?: boolean;
  },
): { readonly code: lambda.Code; readonly handler: string } {
  const { check } = FunctionContext.of(fn);
  const { entry, handler, cache } = options;
  if (!assetBuilder().definesPythonName(fs.readFileSync(entry, 'utf8'), handler)) {
    throw check.error(
      'entry',
      `must define \`${handler}\``,
      unquoted(`no such name in ${entry}`),
      `write \`def ${handler}(event, context):\`, or give the name it has in \`handler\``,
    );
  }
  const { root: sourceRoot, files } = assetBuilder().pythonSources(entry, common.root);
  const steps = path.relative(sourceRoot, entry).split(path.sep);
  const module = steps.join('/').replace(/(\/__init__)?\.py$/, '');
  if (module.includes('.')) {
    throw check.error(
      'entry',
      'must be a Python file that can be imported',
      entry,
      'give the file, and the folders of its package, names without a dot',
    );
  }
  const name = `${module.replaceAll('/', '.')}.${handler}`;
  if (name.length > MAX_HANDLER_LENGTH) {
    throw check.error(
      'handler',
      `must have at most ${MAX_HANDLER_LENGTH} characters with its module`,
      unquoted(`${name.length}, ${name}`),
      'give the file or its package a shorter name',
    );
  }
  const request: PythonRequest = {
    ...common,
    language: 'Python',
    entry,
    check,
    sourceRoot,
    modules: files,
    pythonVersion: options.runtime.name.replace('python', ''),
    cache,
    reportUnpinned: (file, packages) => {
      informOfUnpinned(fn, file, packages);
    },
  };
  return { code: new BundledCode(request), handler: name };
}

/** The code of a Go function. */
export function goFunctionCode(
  fn: IAppFunction,
  common: Common,
  entry: string,
): { readonly code: lambda.Code; readonly handler: string } {
  const { check } = FunctionContext.of(fn);
  const isFolder = fs.statSync(entry).isDirectory();
  const folder = isFolder ? entry : path.dirname(entry);
  const sources = fs.readdirSync(folder).filter((name) => /(?<!_test)\.go$/.test(name));
  const isProgram = sources.some((name) =>
    /^\s*package[ \t]+main\b/m.test(fs.readFileSync(path.join(folder, name), 'utf8')),
  );
  if (!isProgram) {
    throw check.error(
      'entry',
      'must be a Go file or folder of `package main`',
      entry,
      sources.length === 0
        ? 'name the folder with the `main.go`, for example `src/worker`, or a TypeScript, JavaScript or Python file'
        : 'name the folder with the function `main`, which calls `lambda.Start(handler)`',
    );
  }
  return {
    code: new BundledCode({ ...common, language: 'Go', entry: folder, check }),
    handler: 'bootstrap',
  };
}

function informOfUnpinned(fn: IAppFunction, file: string, packages: readonly string[]): void {
  Notices.of(fn).add({
    fn,
    level: 'info',
    id: 'cdk-serverless-app:unpinned-requirements',
    message:
      `${fn.app.node.path}: \`functions.${fn.node.id}.entry\` has dependencies whose versions ${path.relative('', file)} does not pin, so each synthesis installs them again and may get different ones: ` +
      `now ${packages.join(', ')}. Pin all versions, for example with \`uv pip compile\` or \`pip freeze\``,
  });
}
