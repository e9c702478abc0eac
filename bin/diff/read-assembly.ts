import * as fs from 'node:fs';
import * as path from 'node:path';
import { NESTED_STACK, Properties, StackTree, Template } from './template';

/** A stack of a cloud assembly. */
export interface AssemblyStack {
  readonly tree: StackTree;
  /** Absent if the stack is region-agnostic. */
  readonly region?: string;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties?: Properties;
  readonly metadata?: Metadata;
  readonly additionalMetadataFile?: string;
}

type Metadata = Readonly<
  Record<string, ReadonlyArray<{ readonly type: string; readonly data?: unknown }>>
>;

/** The stacks of a cloud assembly with their nested stacks, including those of nested assemblies (CDK stages). */
export function readStacks(assembly: string): AssemblyStack[] {
  const { artifacts = {} } = readJson(path.join(assembly, 'manifest.json')) as {
    readonly artifacts?: Readonly<Record<string, Artifact>>;
  };
  const assets = Object.values(artifacts)
    .filter(({ type }) => type === 'cdk:asset-manifest')
    .reduce(
      (all, { properties }) => addAssets(all, assembly, properties?.file),
      new Map<string, string>(),
    );
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (artifact.type === 'cdk:cloud-assembly') {
      return readStacks(path.join(assembly, text(artifact.properties?.directoryName) ?? ''));
    }
    if (artifact.type !== 'aws:cloudformation:stack') {
      return [];
    }
    const file = text(artifact.properties?.templateFile);
    if (file === undefined) {
      return [];
    }
    const name = text(artifact.properties?.stackName) ?? id;
    const region = artifact.environment?.split('/').at(-1);
    return {
      tree: readTree(name, path.join(assembly, file), assets, pathsOf(artifact, assembly)),
      region: region === 'unknown-region' ? undefined : region,
    };
  });
}

function readTree(
  name: string,
  file: string,
  assets: ReadonlyMap<string, string>,
  paths: StackTree['paths'],
): StackTree {
  const template = readJson(file) as Template;
  const nested = Object.entries(template.Resources ?? {}).flatMap(([id, { Type, Properties }]) => {
    const [hash = ''] = /[0-9a-f]{64}/.exec(JSON.stringify(Properties?.TemplateURL ?? '')) ?? [];
    const below = Type === NESTED_STACK ? assets.get(hash) : undefined;
    return below === undefined ? [] : [[id, readTree(`${name}/${id}`, below, assets, paths)]];
  });
  return { name, template, paths, nested: Object.fromEntries(nested) as StackTree['nested'] };
}

function addAssets(
  all: Map<string, string>,
  assembly: string,
  manifest: unknown,
): Map<string, string> {
  const { files = {} } = readJson(path.join(assembly, String(manifest))) as {
    readonly files?: Readonly<Record<string, { readonly source?: { readonly path?: string } }>>;
  };
  for (const [hash, { source }] of Object.entries(files)) {
    if (source?.path?.endsWith('.template.json') === true) {
      all.set(hash, path.join(assembly, source.path));
    }
  }
  return all;
}

/** Construct paths by logical id, from the metadata of the constructs. */
function pathsOf(artifact: Artifact, assembly: string): Record<string, string> {
  const more = artifact.additionalMetadataFile;
  const metadata: Metadata = {
    ...artifact.metadata,
    ...(more === undefined ? {} : (readJson(path.join(assembly, more)) as Metadata)),
  };
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([construct, entries]) =>
      entries
        .filter(({ type, data }) => type === 'aws:cdk:logicalId' && typeof data === 'string')
        .map(({ data }) => [String(data), construct]),
    ),
  );
}

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
