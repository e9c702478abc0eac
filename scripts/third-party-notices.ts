/** The notices of the packages that are bundled, which their licenses require with every copy. */
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Licenses that allow a copy with a notice. Somebody must decide about any other license. */
const ACCEPTED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);
const LICENSE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly texts: readonly string[];
}

/** @param inputs files that were bundled, relative to the root */
export function renderNotices(inputs: readonly string[], root: string): string {
  const packages = [...new Set(inputs.flatMap(folderOf))]
    .sort()
    .map((folder) => read(root, folder));
  const unknown = packages.filter(({ license }) => !ACCEPTED.has(license));
  if (unknown.length > 0) {
    const list = unknown.map(({ name, license }) => `${name} (${license})`).join(', ');
    throw new Error(`bundled packages with another license: ${list}`);
  }
  return [
    'cdk-serverless-app bundles the following packages.\n',
    ...groups(packages).map(
      ([text, users]) =>
        `${users.map(({ name, version, license }) => `${name} ${version} (${license})`).join('\n')}\n\n${text}\n`,
    ),
  ].join(`\n${'-'.repeat(80)}\n\n`);
}

/** `node_modules/@smithy/core`, also for a package inside another. */
function folderOf(input: string): string[] {
  const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
  return folder === undefined ? [] : [folder];
}

function read(root: string, folder: string): Package {
  const at = path.join(root, folder);
  const { name, version, license } = JSON.parse(
    fs.readFileSync(path.join(at, 'package.json'), 'utf8'),
  ) as { readonly name: string; readonly version: string; readonly license?: string };
  const texts = fs
    .readdirSync(at)
    .filter((file) => LICENSE_FILE.test(file))
    .sort()
    .map((file) => fs.readFileSync(path.join(at, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return { name, version, license: license ?? 'none', texts };
}

/** Packages with the same text, such as those of an SDK, are listed together. */
function groups(packages: readonly Package[]): [string, Package[]][] {
  const found = new Map<string, Package[]>();
  for (const one of packages) {
    const text = one.texts.length === 0 ? fallback(one) : one.texts.join('\n\n');
    found.set(text, [...(found.get(text) ?? []), one]);
  }
  return [...found];
}

function fallback({ license }: Package): string {
  return `The package has no license file. Its package.json says: ${license}. See https://spdx.org/licenses/${license}.html`;
}
