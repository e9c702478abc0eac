import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { asObject, asText, at, JsonObject } from '../json/unknown';
import { readJsonFile } from '../read-json-file';
import { EMULATED_ACCOUNT, EMULATED_REGION } from './emulator-environment';

/** An account and region that stacks are deployed to, and the bootstrap that they need. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly qualifier: string;
}

/** The folders of a cloud assembly, with those of its stages. */
export function assemblies(folder: string): string[] {
  const { artifacts } = readJsonFile(path.join(folder, 'manifest.json'));
  const nested = Object.values(asObject(artifacts) ?? {})
    .filter((each) => at(each, 'type') === 'cdk:cloud-assembly')
    .map((each) => path.join(folder, asText(at(each, 'properties', 'directoryName')) ?? ''));
  return [folder, ...nested.flatMap(assemblies)];
}

/** A digest of the templates, which changes whenever there is something to deploy. */
export function digestOf(assembly: string): string {
  const hash = createHash('sha256');
  for (const folder of assemblies(assembly)) {
    const files = fs.readdirSync(folder).filter((file) => file.endsWith('.template.json'));
    for (const file of files.sort()) {
      hash.update(file).update(fs.readFileSync(path.join(folder, file)));
    }
  }
  return hash.digest('hex');
}

/** The environments that the stacks of an assembly are deployed to, without duplicates. */
export function environmentsOf(assembly: string): Environment[] {
  const found = assemblies(assembly).flatMap((folder) => {
    const { artifacts } = readJsonFile(path.join(folder, 'manifest.json'));
    return Object.values(asObject(artifacts) ?? {}).flatMap((each) => {
      const environment = asText(at(each, 'environment'));
      return at(each, 'type') === 'aws:cloudformation:stack' && environment !== undefined
        ? [environmentOf(environment, asObject(at(each, 'properties')) ?? {})]
        : [];
    });
  });
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

/** `aws://<account>/<region>`; each may be unknown. */
function environmentOf(text: string, properties: JsonObject): Environment {
  const [account = '', region = ''] = text.replace('aws://', '').split('/');
  const parameter = asText(properties.bootstrapStackVersionSsmParameter) ?? '';
  return {
    account: /^\d{12}$/.test(account) ? account : EMULATED_ACCOUNT,
    region: region === '' || region.startsWith('unknown') ? EMULATED_REGION : region,
    qualifier: /^\/cdk-bootstrap\/([^/]+)\/version$/.exec(parameter)?.[1] ?? DEFAULT_QUALIFIER,
  };
}

export const DEFAULT_QUALIFIER = 'hnb659fds';

/** The folder of each function's asset, by the path of its construct. */
export function assetsOf(assembly: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of assemblies(assembly)) {
    for (const file of fs.readdirSync(folder).filter((each) => each.endsWith('.template.json'))) {
      const resources = asObject(readJsonFile(path.join(folder, file)).Resources) ?? {};
      for (const resource of Object.values(resources)) {
        const own = asText(at(resource, 'Metadata', 'aws:cdk:path'));
        const asset = asText(at(resource, 'Metadata', 'aws:asset:path'));
        if (
          at(resource, 'Type') === 'AWS::Lambda::Function' &&
          own !== undefined &&
          asset !== undefined
        ) {
          // `<function>/Function/Resource`
          found.set(own.split('/').slice(0, -2).join('/'), path.resolve(folder, asset));
        }
      }
    }
  }
  return found;
}
