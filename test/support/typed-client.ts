import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { PartnerApiStack } from '../../examples/partner-api/stack';
import { quickCdkApp, tempFolder } from './synth';

const ROOT = path.join(__dirname, '..', '..');
const GENERATOR = path.join(ROOT, 'node_modules', 'openapi-typescript', 'bin', 'cli.js');

/** The types that openapi-typescript generates from an OpenAPI document in a file. */
export function clientTypes(document: string): string {
  const file = path.join(tempFolder(), 'api.d.ts');
  execFileSync(process.execPath, [GENERATOR, document, '--output', file], { stdio: 'pipe' });
  return fs.readFileSync(file, 'utf8');
}

/** The types of a client of `examples/partner-api`. */
export function partnerApiTypes(): string {
  const cdk = quickCdkApp();
  new PartnerApiStack(cdk, 'PartnerApi');
  return clientTypes(path.join(cdk.synth().directory, 'PartnerApi.Partners.openapi.json'));
}

/** The client in docs/triggers/rest.md, which imports the types from `./api`. */
export function documentedClient(): string {
  const page = fs.readFileSync(path.join(ROOT, 'docs', 'triggers', 'rest.md'), 'utf8');
  const blocks = [...page.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  return blocks.find((block) => block.includes("from 'openapi-fetch'")) ?? '';
}
