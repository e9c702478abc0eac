/**
 * Runs the unit tests with the oldest aws-cdk-lib that package.json allows, in a copy of the repository whose other packages are hard
 * links. `npm run test:floor -- --testPathPatterns test/http` runs a part, and `-- --deploy --testPathPatterns deploy/orders` a deployment to the
 * emulator. Needs `npm ci`; Linux only, because of `cp -al`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** What is not run: Jest takes these in place of those of its configuration. For single tests, test/support/since-cdk.ts. */
const NOT_RUN: readonly string[] = [
  '/node_modules/',
  'test/deploy/',
  'test/account/',
  // They need the newest CDK as a whole:
  'test/examples.test.ts', // snapshots of whole templates, which are in part the CDK’s
  'test/bin/migrate/', // its apps ask for the newest CDK in their package.json
];

function main(args: readonly string[]): void {
  const floor = floorOf('aws-cdk-lib');
  const folder = fs.mkdtempSync(path.join(path.dirname(ROOT), '.floor-'));
  try {
    say(`copy the repository to ${folder}`);
    copyTo(folder);
    initRepository(folder);
    say(`install aws-cdk-lib ${floor}`);
    replaceCdk(folder, floor);
    say('run the tests');
    const deploy = args.includes('--deploy');
    const { status } = spawnSync(
      'npx',
      [
        'jest',
        '--selectProjects',
        deploy ? 'deploy' : 'unit',
        '--maxWorkers',
        process.env.FLOOR_WORKERS ?? '2',
        ...(deploy ? [] : NOT_RUN.flatMap((file) => ['--testPathIgnorePatterns', file])),
        ...args.filter((it) => it !== '--deploy'),
      ],
      { cwd: folder, stdio: 'inherit' },
    );
    process.exitCode = status ?? 2;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Some tests ask git about the folder in which they run. */
function initRepository(folder: string): void {
  const nobody = ['-c', 'user.name=floor', '-c', 'user.email=floor@example.com'];
  const commit = ['commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-m', 'floor'];
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  execFileSync('git', [...nobody, ...commit], { cwd: folder });
}

/** The lowest version of a range such as `^2.252.0`. */
function floorOf(name: string): string {
  const { peerDependencies } = JSON.parse(
    fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
  ) as { readonly peerDependencies: Readonly<Record<string, string>> };
  const floor = /^\^(\d+\.\d+\.\d+)$/.exec(peerDependencies[name] ?? '')?.[1];
  if (floor === undefined) {
    throw new Error(
      `peerDependencies.${name} must be a caret range, got ${peerDependencies[name]}`,
    );
  }
  return floor;
}

/** The files that git knows or would add, the build, and the packages. */
function copyTo(folder: string): void {
  const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of list.split('\n').filter((name) => fs.existsSync(path.join(ROOT, name)))) {
    if (file !== '') {
      fs.cpSync(path.join(ROOT, file), path.join(folder, file));
    }
  }
  for (const built of ['.jsii', 'dist'].filter((name) => fs.existsSync(path.join(ROOT, name)))) {
    fs.cpSync(path.join(ROOT, built), path.join(folder, built), { recursive: true });
  }
  execFileSync('cp', ['-al', path.join(ROOT, 'node_modules'), folder]);
}

/** Puts another aws-cdk-lib, with the packages that it brings, into the copy; the hard links of the old one are removed first. */
function replaceCdk(folder: string, version: string): void {
  const fresh = fs.mkdtempSync(path.join(os.tmpdir(), 'floor-cdk-'));
  try {
    fs.writeFileSync(path.join(fresh, 'package.json'), '{ "private": true }\n');
    const { devDependencies } = JSON.parse(
      fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
    ) as { readonly devDependencies: Readonly<Record<string, string>> };
    execFileSync(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        `aws-cdk-lib@${version}`,
        `constructs@${devDependencies.constructs}`,
      ],
      { cwd: fresh, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const library = path.join(folder, 'node_modules', 'aws-cdk-lib');
    fs.rmSync(library, { recursive: true });
    fs.cpSync(path.join(fresh, 'node_modules', 'aws-cdk-lib'), library, { recursive: true });
    // Inside it, so that the other packages of the copy keep their own.
    fs.cpSync(
      path.join(fresh, 'node_modules', '@aws-cdk'),
      path.join(library, 'node_modules', '@aws-cdk'),
      { recursive: true },
    );
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

function say(text: string): void {
  process.stdout.write(`test-floor: ${text}\n`);
}

main(process.argv.slice(2));
