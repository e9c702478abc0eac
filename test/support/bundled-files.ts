import { BundlingOptions } from 'cdk-serverless-app';
import { execFileSync } from 'node:child_process';
import { AssetFile } from '../../lib/bundling/asset-files';
import { bundleAll } from '../../lib/bundling/bundler';
import { path, tempFolder } from './synth';

/** The files of the asset of one entry, which the bundler makes without an app. */
export function bundledFiles(
  root: string,
  name: string,
  options: BundlingOptions = {},
): Map<string, string> {
  const entry = path.join(root, name);
  const request = { owner: 'F', entry, handler: 'handler', root, nodeVersion: '24', options };
  const made = bundleAll([request]).get(request) ?? new Map<string, AssetFile>();
  return new Map(
    [...made].map(([file, { content }]) => [file, new TextDecoder().decode(content())]),
  );
}

/** What the handler of such an asset answers, in a process of its own. */
export function runFiles(files: Map<string, string>): unknown {
  const folder = tempFolder(Object.fromEntries(files));
  const script = `const { handler } = await import(${JSON.stringify(path.join(folder, 'index.mjs'))});
    process.stdout.write(JSON.stringify(await handler()));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      timeout: 20_000,
    }),
  );
}
