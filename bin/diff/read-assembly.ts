import * as path from 'node:path';
import { asObject, asText, at, JsonObject } from '../json/unknown';
import { readJsonFile } from '../read-json-file';
import { UserError } from '../user-error';
import { asTemplate, NESTED_STACK, StackTree } from './template';

/** A stack of a cloud assembly. */
export interface AssemblyStack {
  readonly tree: StackTree;
  /** Absent if the stack is region-agnostic. */
  readonly region?: string;
}

/** The stacks of a cloud assembly with their nested stacks, including those of nested assemblies (CDK stages). */
export function readStacks(assembly: string, parents: readonly string[] = []): AssemblyStack[] {
  const manifest = path.join(assembly, 'manifest.json');
  const folder = path.resolve(assembly);
  if (parents.includes(folder)) {
    throw damaged(`${manifest} is damaged: it names its own folder as a nested assembly`);
  }
  const artifacts = Object.entries(asObject(readJsonFile(manifest).artifacts) ?? {}).map(
    ([id, value]) => ({ id, ...partsOf(value) }),
  );
  const assets = new Map(
    artifacts
      .filter(({ type }) => type === 'cdk:asset-manifest')
      .flatMap(({ properties }) => assetsIn(assembly, asText(properties.file))),
  );
  return artifacts.flatMap(({ id, type, artifact, properties }) => {
    if (type === 'cdk:cloud-assembly') {
      const nested = asText(properties.directoryName);
      return nested === undefined
        ? []
        : readStacks(path.join(assembly, nested), [...parents, folder]);
    }
    const file = asText(properties.templateFile);
    if (type !== 'aws:cloudformation:stack' || file === undefined) {
      return [];
    }
    const name = asText(properties.stackName) ?? id;
    const region = asText(artifact.environment)?.split('/').at(-1);
    return {
      tree: readTree(name, path.join(assembly, file), assets, pathsOf(artifact, assembly)),
      region: region === 'unknown-region' ? undefined : region,
    };
  });
}

function partsOf(value: unknown): { type: unknown; artifact: JsonObject; properties: JsonObject } {
  const artifact = asObject(value) ?? {};
  return { type: artifact.type, artifact, properties: asObject(artifact.properties) ?? {} };
}

function damaged(what: string): UserError {
  return new UserError(what, 'run `npx cdk synth` again');
}

function readTree(
  name: string,
  file: string,
  assets: ReadonlyMap<string, string>,
  paths: StackTree['paths'],
  above: readonly string[] = [],
): StackTree {
  if (above.includes(file)) {
    throw damaged(`${file} is damaged: it names itself as a nested stack`);
  }
  const template = asTemplate(readJsonFile(file));
  if (template === undefined) {
    throw damaged(`${file} is damaged: it is not a CloudFormation template`);
  }
  const nested = Object.entries(template.Resources ?? {}).flatMap(([id, { Type, Properties }]) => {
    const [hash] = /[0-9a-f]{64}/.exec(JSON.stringify(Properties?.TemplateURL ?? '')) ?? [];
    if (Type !== NESTED_STACK || hash === undefined) {
      return [];
    }
    const below = assets.get(hash);
    if (below === undefined) {
      throw damaged(`the cloud assembly has no template of ${name}/${id}, a nested stack`);
    }
    return below.endsWith('.json')
      ? [[id, readTree(`${name}/${id}`, below, assets, paths, [...above, file])] as const]
      : [];
  });
  return { name, template, paths, nested: Object.fromEntries(nested) };
}

/** The files of an asset manifest by hash. */
function assetsIn(assembly: string, manifest: string | undefined): Array<[string, string]> {
  if (manifest === undefined) {
    return [];
  }
  const files = asObject(readJsonFile(path.join(assembly, manifest)).files) ?? {};
  return Object.entries(files).flatMap(([hash, asset]): Array<[string, string]> => {
    const file = asText(at(asset, 'source', 'path'));
    return file === undefined ? [] : [[hash, path.join(assembly, file)]];
  });
}

/** Construct paths by logical id, from the metadata of the constructs. */
function pathsOf(artifact: JsonObject, assembly: string): Record<string, string> {
  const more = asText(artifact.additionalMetadataFile);
  const metadata = {
    ...asObject(artifact.metadata),
    ...(more === undefined ? {} : readJsonFile(path.join(assembly, more))),
  };
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([construct, entries]) =>
      (Array.isArray(entries) ? (entries as unknown[]) : [])
        .filter((entry) => at(entry, 'type') === 'aws:cdk:logicalId')
        .flatMap((entry) => asText(at(entry, 'data')) ?? [])
        .map((logicalId) => [logicalId, construct]),
    ),
  );
}
