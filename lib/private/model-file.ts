import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AppModel } from '../app-model';

/** Writes the app's model into the cloud assembly, with Tokens as CloudFormation's own expressions. */
export function writeModel(scope: Construct, model: AppModel, outdir: string): void {
  const resolved: unknown = Stack.of(scope).resolve(model);
  fs.writeFileSync(
    path.join(outdir, modelFileName(scope)),
    `${JSON.stringify(resolved, undefined, 2)}\n`,
  );
}

/** `<stack>-<app>.serverless-app.json`: the app's path below its stage, so that two apps never share a file. */
export function modelFileName(scope: Construct): string {
  const stage = Stage.of(scope);
  const below = scope.node.scopes.slice(stage?.node.scopes.length ?? 0).map((part) => part.node.id);
  return `${below.join('-').replace(/[^A-Za-z0-9_.-]+/g, '-')}.serverless-app.json`;
}
