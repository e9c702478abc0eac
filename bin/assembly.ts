import * as fs from 'node:fs';
import * as path from 'node:path';
import { APP_MODEL_SCHEMA_VERSION, AppModel } from '../lib/app-model';
import { nearest } from './nearest';
import { UserError } from './user-error';

const SUFFIX = '.serverless-app.json';

/** The models of the apps in a cloud assembly, those of nested assemblies (CDK stages) too. */
export function readModels(assembly: string): AppModel[] {
  if (!fs.existsSync(path.join(assembly, 'manifest.json'))) {
    throw new UserError(
      `there is no cloud assembly in ${assembly}`,
      'run `npx cdk synth` first, or name the folder with --assembly',
    );
  }
  const files = fs
    .readdirSync(assembly, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(SUFFIX))
    .sort();
  if (files.length === 0) {
    throw new UserError(
      `the cloud assembly in ${assembly} has no serverless app`,
      'see that the stack has a `ServerlessApp`',
    );
  }
  return files.map((file) => readModel(path.join(assembly, file)));
}

/** The one app of that id or path, or all. */
export function select(models: readonly AppModel[], name: string | undefined): readonly AppModel[] {
  if (name === undefined) {
    return models;
  }
  const found = models.filter(({ app }) => app.id === name || app.path === name);
  if (found.length === 0) {
    const known = models.flatMap(({ app }) => [app.id, app.path]);
    throw new UserError(`there is no app \`${name}\``, nearest(name, known));
  }
  return found;
}

function readModel(file: string): AppModel {
  const model = JSON.parse(fs.readFileSync(file, 'utf8')) as AppModel;
  if (model.schemaVersion !== APP_MODEL_SCHEMA_VERSION) {
    throw new UserError(
      `${file} has version ${model.schemaVersion}, and this command reads version ${APP_MODEL_SCHEMA_VERSION}`,
      'synthesize again with the same version of cdk-serverless-app',
    );
  }
  return model;
}
