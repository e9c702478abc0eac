import { createHash } from 'node:crypto';
import { Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AppModel } from '../model/app-model';
import { writeAssemblyFile } from '../core/disk';
import { MODEL_METADATA } from '../model/model-metadata';

const MAX_NAME = 200;

/**
 * Writes the app's model into the cloud assembly, with Tokens as CloudFormation expressions. The folder may still contain the
 * models of removed apps, so the manifest lists the current ones, as metadata, which is written with the stack, after everything
 * in it.
 *
 * @returns the model as written
 */
export function writeModel(scope: Construct, model: AppModel, outdir: string): AppModel {
  const file = modelFileName(scope);
  const resolved = Stack.of(scope).resolve(model) as AppModel;
  writeAssemblyFile(outdir, file, `${JSON.stringify(resolved, undefined, 2)}\n`);
  if (!scope.node.metadata.some(({ type }) => type === MODEL_METADATA)) {
    scope.node.addMetadata(MODEL_METADATA, file);
  }
  return resolved;
}

/**
 * `<stack>.<app>.serverless-app.json`: the app's path below its stage. If an id contains characters other than letters, digits,
 * `-` and `_`, or the name would be too long, a hash follows, so that two apps never share a file.
 */
export function modelFileName(scope: Construct): string {
  const stage = Stage.of(scope);
  const below = scope.node.scopes.slice(stage?.node.scopes.length ?? 0).map((part) => part.node.id);
  const name = below.map((id) => id.replace(/[^\w-]+/g, '-')).join('.');
  const plain = below.every((id) => /^[\w-]+$/.test(id)) && name.length <= MAX_NAME;
  return `${plain ? name : `${name.slice(0, MAX_NAME)}.${hashOf(below)}`}.serverless-app.json`;
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('/')).digest('hex').slice(0, 8);
}
