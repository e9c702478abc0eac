import { findHandler } from '../../handler-file';
import type { Definition, FunctionModel } from '../../model';
import { call, code, list, Node, object, quote } from '../print';
import { Scope } from '../scope';
import { pathFrom } from '../source-path';
import { textNode } from '../values';
import { innerHandler } from './inner-handler';

export function entryOf(
  fn: FunctionModel,
  scope: Scope,
  folder: string,
): Record<string, Node | undefined> {
  const file = findHandler(
    folder,
    fn.code,
    fn.entryPoint === undefined
      ? (fn.handler ?? '')
      : `${fn.entryPoint.replace(/\.[cm]?[jt]sx?$/, '')}.${(fn.handler ?? 'handler').split('.').at(-1) ?? 'handler'}`,
  );
  if (!file.exists) {
    scope.note(
      'check',
      fn.at,
      `there is no file for the handler ${fn.handler ?? ''}; app.ts names ${file.entry}`,
    );
  } else if (file.hasExport === false) {
    scope.note(
      'check',
      fn.at,
      `${file.entry} has no export \`${file.exportName}\`, which the handler names`,
    );
  }
  if (file.inside !== undefined) {
    const added = innerHandler(file, fn.handler ?? '');
    scope.files.set(added.file, added.text);
    scope.note(
      'differs',
      fn.at,
      `the handler ${fn.handler ?? ''} is inside the export \`${file.exportName}\` of ${file.entry}; ${added.file} exports it`,
    );
    return { entry: quote(added.file) };
  }
  return {
    entry: quote(file.entry),
    handler: file.exportName === 'handler' ? undefined : quote(file.exportName),
  };
}

/** The runtime of a function: its own, or that of all functions. */
export function runtimeOf(
  { settings }: FunctionModel,
  { defaults }: Definition,
): string | undefined {
  return settings.runtime ?? defaults.runtime;
}

/** Inline code. Lambda writes it to the file `index`. */
export function inlineCodeOf(
  fn: FunctionModel,
  scope: Scope,
  definition: Definition,
): Record<string, Node | undefined> {
  const lambda = scope.module('lambda');
  const runtime = runtimeOf(fn, definition) ?? '';
  return {
    code: call(`${lambda}.Code.fromInline`, [textNode(fn.inline, scope)]),
    handler: quote(fn.handler ?? 'index.handler'),
    runtime: runtime.startsWith('nodejs') ? code(`${lambda}.Runtime.NODEJS_24_X`) : undefined,
  };
}

/** Code of another runtime, which is not bundled. */
export function codeOf(
  fn: FunctionModel,
  scope: Scope,
  definition: Definition,
): Record<string, Node | undefined> {
  const lambda = scope.module('lambda');
  const runtime = runtimeOf(fn, definition) ?? '';
  scope.note(
    'differs',
    fn.at,
    `the runtime is ${runtime}: the files of ${fn.code} are taken as they are, without installing or building anything`,
  );
  const exclude = object({
    exclude: list(['node_modules', 'cdk.out', '.git', '.serverless', '.aws-sam'].map(quote)),
  });
  return {
    code: call(`${lambda}.Code.fromAsset`, [
      quote(pathFrom(scope.root, fn.code)),
      ...(fn.code === '.' ? [exclude] : []),
    ]),
    handler: quote(fn.handler ?? ''),
  };
}
