import * as fs from 'node:fs';
import * as path from 'node:path';
import { APP_MODEL_SCHEMA_VERSION, AppModel } from '../lib/model/app-model';
import { MODEL_METADATA } from '../lib/model/model-metadata';
import MODEL_SCHEMA from '../schema/serverless-app.schema.json';
import { asNumber, asObject, asText, at, JsonObject } from './json/unknown';
import { invalidPart } from './invalid-part';
import { readJsonFile } from './read-json-file';
import { UserError } from './user-error';

const DEFAULT_BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

/** An app of a cloud assembly, and what its stack needs. */
export interface AppPlace {
  readonly model: AppModel;
  /** The file of the model; the app's other files are in the same folder. */
  readonly file: string;
  /** 0 if the stack needs none. */
  readonly bootstrapVersion: number;
  /** The SSM parameter that holds the version. */
  readonly bootstrapParameter: string;
}

/** The models of the apps in a cloud assembly. */
export function readModels(assembly: string): AppModel[] {
  return readPlaces(assembly).map(({ model }) => model);
}

/** The apps in a cloud assembly, with those of nested assemblies (CDK stages). */
export function readPlaces(assembly: string): AppPlace[] {
  if (!fs.existsSync(path.join(assembly, 'manifest.json'))) {
    throw new UserError(
      `there is no cloud assembly in ${assembly}`,
      'run `npx cdk synth` first, or name the folder with --assembly',
    );
  }
  const files = modelFiles(assembly).sort((a, b) => (a.file < b.file ? -1 : 1));
  if (files.length === 0) {
    throw new UserError(
      `the cloud assembly in ${assembly} has no serverless app`,
      'add a `ServerlessApp` to a stack',
    );
  }
  return files.map((place) => ({ ...place, model: readModel(place.file) }));
}

/** The models that the manifest names. The CDK never cleans the folder, so other models may belong to removed apps. */
function modelFiles(assembly: string, parents: readonly string[] = []): Omit<AppPlace, 'model'>[] {
  const manifest = path.join(assembly, 'manifest.json');
  const folder = path.resolve(assembly);
  if (parents.includes(folder)) {
    throw new UserError(
      `${manifest} is damaged: it names its own folder as a nested assembly`,
      'run `npx cdk synth` again',
    );
  }
  const { artifacts } = readJsonFile(manifest);
  return Object.values(asObject(artifacts) ?? {}).flatMap((value) => {
    const artifact = asObject(value) ?? {};
    const properties = asObject(artifact.properties) ?? {};
    if (artifact.type === 'cdk:cloud-assembly') {
      const nested = path.join(assembly, asText(properties.directoryName) ?? '');
      return modelFiles(nested, [...parents, folder]);
    }
    const place = {
      bootstrapVersion: asNumber(properties.requiresBootstrapStackVersion) ?? 0,
      bootstrapParameter:
        asText(properties.bootstrapStackVersionSsmParameter) ?? DEFAULT_BOOTSTRAP_PARAMETER,
    };
    return modelNames(metadataOf(artifact, assembly)).map((name) => ({
      file: path.join(assembly, name),
      ...place,
    }));
  });
}

/** Newer versions of the CDK keep the metadata in a separate file. */
function metadataOf(artifact: JsonObject, assembly: string): JsonObject {
  const more = asText(artifact.additionalMetadataFile);
  return {
    ...asObject(artifact.metadata),
    ...(more === undefined ? {} : readJsonFile(path.join(assembly, more))),
  };
}

function modelNames(metadata: JsonObject): string[] {
  return Object.values(metadata)
    .flatMap((entries) => (Array.isArray(entries) ? (entries as unknown[]) : []))
    .filter((entry) => at(entry, 'type') === MODEL_METADATA)
    .flatMap((entry) => asText(at(entry, 'data')) ?? []);
}

/** Whether the app's own estimate, in the same folder, deducts the free tier. */
export function countsFreeTier({ file }: Pick<AppPlace, 'file'>): boolean {
  const estimate = file.replace(/\.serverless-app\.json$/, '.cost.json');
  return fs.existsSync(estimate) && readJsonFile(estimate).freeTier === true;
}

function readModel(file: string): AppModel {
  const model = readJsonFile(file);
  const again = 'synthesize again with this version of cdk-serverless-app';
  if (model.schemaVersion !== APP_MODEL_SCHEMA_VERSION) {
    throw new UserError(
      `${file} has version ${String(model.schemaVersion)}, but this command reads version ${APP_MODEL_SCHEMA_VERSION}`,
      again,
    );
  }
  const part = invalidPart(model, MODEL_SCHEMA);
  if (part !== undefined) {
    throw new UserError(
      `${file} has no valid \`${part}\`: it is damaged, or another version of cdk-serverless-app wrote it`,
      again,
    );
  }
  return model as unknown as AppModel;
}
