import * as fs from 'node:fs';
import * as path from 'node:path';
import { PropCheck, unquoted } from '../props/prop-check';
import { AssetFile, AssetFiles, fileAt } from './asset-files';
import { ProjectPackages } from './installed-packages';
import { walkFolder } from './walk-folder';

const CLIENT = '@prisma/client';

/** Text in the client until `prisma generate` has run. */
const NOT_GENERATED = /did not initialize yet/;

/**
 * Prisma's names for Lambda's operating system:
 * https://www.prisma.io/docs/orm/prisma-client/deployment/serverless/deploy-to-aws-lambda#binary-targets-in-schemaprisma
 */
const ENGINE_TARGETS: Readonly<Record<string, string>> = {
  x64: 'rhel-openssl-3.0.x',
  arm64: 'linux-arm64-openssl-3.0.x',
};

/** The names of engines, which Prisma needs up to version 6, contain their target. */
const ENGINE = /^(lib)?(query[-_]engine|query_engine)-(.+?)(\.so|\.dylib|\.dll)?(\.node|\.exe)?$/;

/**
 * The code that the generator `prisma-client-js` writes to `node_modules/.prisma/client`. `@prisma/client` loads it from there, but
 * no registry has it, so npm does not install it.
 *
 * @param installed the files of an asset’s `node_modules`
 * @param folder of the entry
 */
export function generatedPrismaClient(
  installed: AssetFiles,
  folder: string,
  cpu: string,
  check: PropCheck,
): AssetFiles {
  const client = installed.has(`node_modules/${CLIENT}/package.json`)
    ? new ProjectPackages(folder).findInstalled(CLIENT, folder)
    : undefined;
  if (client === undefined) {
    return new Map();
  }
  const generated = path.join(client.folder, '..', '..', '.prisma', 'client');
  if (!isGenerated(generated)) {
    throw check.error(
      'nodeModules',
      `must name \`${CLIENT}\` only together with the client that \`prisma generate\` writes beside it`,
      unquoted(`no generated client in ${generated}`),
      'run `npx prisma generate`; the client of the generator `prisma-client` is bundled, so remove this package from `nodeModules`',
    );
  }
  const files = new Map<string, AssetFile>();
  const engines: string[] = [];
  for (const { name, file, executable } of walkFolder(generated)) {
    const target = ENGINE.exec(path.basename(name))?.[3];
    if (target !== undefined) {
      engines.push(target);
    }
    const isNeeded = target === undefined || target === ENGINE_TARGETS[cpu];
    if (isNeeded && !/\.d\.[cm]?ts$/.test(name)) {
      files.set(`node_modules/.prisma/client/${name}`, fileAt(file, executable));
    }
  }
  checkEngines(engines, cpu, check);
  return files;
}

function isGenerated(folder: string): boolean {
  const file = path.join(folder, 'index.js');
  return fs.existsSync(file) && !NOT_GENERATED.test(fs.readFileSync(file, 'utf8'));
}

function checkEngines(engines: readonly string[], cpu: string, check: PropCheck): void {
  const wanted = ENGINE_TARGETS[cpu] ?? '';
  if (engines.length > 0 && !engines.includes(wanted)) {
    throw check.error(
      'nodeModules',
      `must name \`${CLIENT}\` only with Prisma’s engine for Lambda, \`${wanted}\``,
      unquoted(`engines for ${engines.join(', ')}`),
      `write \`binaryTargets = ["native", "${wanted}"]\` in the generator of schema.prisma, and run \`npx prisma generate\``,
    );
  }
}
