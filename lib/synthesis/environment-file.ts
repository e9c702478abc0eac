import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';
import { codeOf } from '../core/disk';
import {
  ENVIRONMENT_TYPES_FILE,
  environmentTypes,
  TypedFunction,
} from '../kinds/environment-types';

/** The apps of each construct tree that want the file, which is one for all of them. */
const apps = new WeakMap<IConstruct, IServerlessApp[]>();

/** Adds the variables of this app to the file. */
export function addToEnvironmentFile(app: IServerlessApp): void {
  const { root } = app.node;
  apps.set(root, [...(apps.get(root) ?? []), app]);
}

/**
 * Writes `serverless-app-env.d.ts` next to cdk.json, if its content has changed.
 *
 * It is written only when the CDK's CLI runs the synthesis, and only in a TypeScript project on a developer's machine: a test that
 * synthesizes an app does not write it, nor does a build server (`CI`), where `serverless-app types --check` compares it.
 */
export function writeEnvironmentFile(
  app: IServerlessApp,
  environment: NodeJS.ProcessEnv = process.env,
): void {
  if (!isAtDesk(environment)) {
    return;
  }
  const all = (apps.get(app.node.root) ?? []).filter(isInTree);
  const functions = all.flatMap(functionsOf);
  const file = path.resolve(ENVIRONMENT_TYPES_FILE);
  if (!functions.some(({ runtime }) => runtime.startsWith('nodejs'))) {
    return;
  }
  const text = environmentTypes(functions);
  try {
    if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
      fs.writeFileSync(file, text);
    }
  } catch (error) {
    process.stderr.write(
      `cdk-serverless-app: ${file} cannot be written (${codeOf(error)}), so the types of the environment may be out of date: ` +
        'make it writable, or turn it off with `environmentTypes: false`\n',
    );
  }
}

/** The CDK's CLI names its output folder in this variable, and runs the app in the folder of cdk.json. */
function isAtDesk({ CDK_OUTDIR: outdir, CI: ci = '' }: NodeJS.ProcessEnv): boolean {
  const isCi = !['', '0', 'false'].includes(ci);
  return (
    outdir !== undefined && !isCi && fs.existsSync('cdk.json') && fs.existsSync('tsconfig.json')
  );
}

/** Whether nobody has removed the app from its parent since. */
function isInTree({ node }: IServerlessApp): boolean {
  return node.scope?.node.tryFindChild(node.id)?.node === node;
}

function functionsOf(app: IServerlessApp): TypedFunction[] {
  const { functions } = AppContext.of(app).model;
  const known = functions.map(({ id, runtime, variables, triggers, access }) => ({
    id,
    runtime,
    variables,
    triggers,
    access,
  }));
  return Stack.of(app).resolve(known) as typeof known;
}
