import * as fs from 'node:fs';
import * as path from 'node:path';
import { APP_MODEL_SCHEMA_VERSION, AppModel } from '../lib/model/app-model';
import { MODEL_METADATA } from '../lib/model/model-metadata';
import MODEL_SCHEMA from '../schema/serverless-app.schema.json';
import { missingPart } from './missing-part';
import { nearest } from './nearest';
import { UserError } from './user-error';

/** What is read of a cloud assembly's manifest. */
interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly properties?: {
    readonly directoryName?: string;
    readonly requiresBootstrapStackVersion?: number;
    readonly bootstrapStackVersionSsmParameter?: string;
  };
  readonly metadata?: Metadata;
  /** Where newer versions of the CDK keep the metadata. */
  readonly additionalMetadataFile?: string;
}

const DEFAULT_BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

type Metadata = Readonly<
  Record<string, ReadonlyArray<{ readonly type: string; readonly data?: unknown }>>
>;

/** An app of a cloud assembly, and what its stack needs. */
export interface AppPlace {
  readonly model: AppModel;
  /** Where the model stands; what else is written of the app stands beside it. */
  readonly file: string;
  /** 0 where the stack needs none. */
  readonly bootstrapVersion: number;
  /** The parameter of SSM that has the version. */
  readonly bootstrapParameter: string;
}

/** The models of the apps in a cloud assembly. */
export function readModels(assembly: string): AppModel[] {
  return readPlaces(assembly).map(({ model }) => model);
}

/** The apps in a cloud assembly, those of nested assemblies (CDK stages) too. */
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
      'see that the stack has a `ServerlessApp`',
    );
  }
  return files.map((place) => ({ ...place, model: readModel(place.file) }));
}

/** Those that the manifest names. The CDK never cleans the folder, so others may be of apps that are gone. */
function modelFiles(assembly: string): Omit<AppPlace, 'model'>[] {
  const { artifacts = {} } = readJson(path.join(assembly, 'manifest.json')) as Manifest;
  return Object.values(artifacts).flatMap((artifact) => {
    if (artifact.type === 'cdk:cloud-assembly') {
      return modelFiles(path.join(assembly, artifact.properties?.directoryName ?? ''));
    }
    const more = artifact.additionalMetadataFile;
    const metadata: Metadata = {
      ...artifact.metadata,
      ...(more === undefined ? {} : (readJson(path.join(assembly, more)) as Metadata)),
    };
    const { requiresBootstrapStackVersion: bootstrapVersion = 0 } = artifact.properties ?? {};
    const bootstrapParameter =
      artifact.properties?.bootstrapStackVersionSsmParameter ?? DEFAULT_BOOTSTRAP_PARAMETER;
    return Object.values(metadata)
      .flat()
      .filter(({ type }) => type === MODEL_METADATA)
      .map(({ data }) => ({
        file: path.join(assembly, String(data)),
        bootstrapVersion,
        bootstrapParameter,
      }));
  });
}

/** Whether the app's own estimate takes off what AWS gives for nothing, as stands beside its model. */
export function countsFreeTier({ file }: Pick<AppPlace, 'file'>): boolean {
  const estimate = file.replace(/\.serverless-app\.json$/, '.cost.json');
  return (
    fs.existsSync(estimate) &&
    (readJson(estimate) as { readonly freeTier?: boolean }).freeTier === true
  );
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
  if (!fs.existsSync(file)) {
    throw new UserError(
      `there is no ${file}, which the manifest names`,
      'run `npx cdk synth` again',
    );
  }
  const model = readJson(file) as AppModel;
  if (model.schemaVersion !== APP_MODEL_SCHEMA_VERSION) {
    throw new UserError(
      `${file} has version ${model.schemaVersion}, and this command reads version ${APP_MODEL_SCHEMA_VERSION}`,
      'synthesize again with the same version of cdk-serverless-app',
    );
  }
  const missing = missingPart(model, MODEL_SCHEMA);
  if (missing !== undefined) {
    throw new UserError(
      `${file} has no \`${missing}\`: another version of cdk-serverless-app has written it`,
      'synthesize again with the same version of cdk-serverless-app',
    );
  }
  return model;
}

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}
