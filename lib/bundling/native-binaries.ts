import * as fs from 'node:fs';
import * as path from 'node:path';
import { PropCheck, unquoted } from '../props/prop-check';
import { abiOf, abiOfBinary, nodeOfAbi } from './binary-abi';
import { LockEntry, Manifest } from './installed-packages';
import { makesBinary } from './native-packages';
import { walkFolder } from './walk-folder';

export interface BinaryTarget {
  readonly cpu: string;
  /** Lambda's name for it. */
  readonly architecture: string;
  readonly nodeVersion: string;
  readonly installScripts: boolean;
}

/** `e_machine` of an ELF file: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const MACHINES: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };

/**
 * Rejects installed packages that would find no binary on Lambda. npm does not check this: a binary is an optional package, which
 * it leaves out silently. A package that is optional itself may lack its binary, because its dependents work without it.
 */
export function checkBinaries(folder: string, target: BinaryTarget, check: PropCheck): void {
  const lock = JSON.parse(fs.readFileSync(path.join(folder, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockEntry>>;
  };
  for (const [place, entry] of Object.entries(lock.packages)) {
    const root = path.join(folder, place);
    if (place === '' || entry.optional === true || !fs.existsSync(root)) {
      continue;
    }
    const platforms = platformPackages(place, entry, lock.packages);
    const installed = platforms.filter((it) => fs.existsSync(path.join(folder, it)));
    const binaries = [...binariesOf(root)];
    checkAbi(place, binaries, target, check);
    const problem = problemOf(root, target, { platforms, installed, binaries });
    if (problem !== undefined) {
      throw check.error(
        'nodeModules',
        `must name packages with a binary for linux ${target.cpu}, the function’s \`architecture\` (${target.architecture}), with glibc`,
        unquoted(`\`${nameOf(place)}\` ${entry.version ?? ''}, ${problem.got}`),
        problem.remedy,
      );
    }
  }
}

/**
 * Rejects a package whose binaries for the function's processor are all for another version of Node.js. An install script may
 * have compiled them for the Node.js that runs the synthesis.
 */
function checkAbi(
  place: string,
  binaries: readonly string[],
  { cpu, nodeVersion }: BinaryTarget,
  check: PropCheck,
): void {
  const wanted = abiOf(nodeVersion);
  const versions = binaries.filter((file) => isFor(file, cpu)).map((file) => abiOfBinary(file));
  const others = versions.filter((it) => it !== undefined && it !== wanted);
  const [version] = others;
  if (wanted === undefined || version === undefined || others.length < versions.length) {
    return;
  }
  const node = nodeOfAbi(version);
  const of = node === undefined ? '' : ` (Node.js ${node})`;
  throw check.error(
    'nodeModules',
    `must name packages with a binary for Node.js ${nodeVersion}, the function’s \`runtime\`, whose NODE_MODULE_VERSION is ${wanted}`,
    unquoted(`\`${nameOf(place)}\`, whose binary is for NODE_MODULE_VERSION ${version}${of}`),
    `run the synthesis with Node.js ${nodeVersion}, where an install script compiles the binary; otherwise use a version of the package ` +
      `that has one for Node.js ${nodeVersion} or for Node-API`,
  );
}

function nameOf(place: string): string {
  return place.replace(/^.*node_modules\//, '');
}

interface Found {
  /** Packages that contain a binary for one platform each. */
  readonly platforms: readonly string[];
  readonly installed: readonly string[];
  /** The `.node` files of the package itself. */
  readonly binaries: readonly string[];
}

function problemOf(
  root: string,
  target: BinaryTarget,
  { platforms, installed, binaries }: Found,
): { readonly got: string; readonly remedy: string } | undefined {
  const otherPlatform = 'use a version that has one, or give the function another `architecture`';
  if (installed.length > 0 || binaries.some((file) => isFor(file, target.cpu))) {
    return undefined;
  }
  if (platforms.length > 0) {
    const names = platforms.map((it) => nameOf(it));
    return { got: `which has only ${names.join(', ')}`, remedy: otherPlatform };
  }
  if (binaries.length > 0) {
    const names = binaries.map((file) => path.relative(root, file));
    return {
      got: `whose binaries (${names.join(', ')}) are for other platforms`,
      remedy: otherPlatform,
    };
  }
  if (!target.installScripts && makesBinary(root)) {
    return {
      got: 'whose install script makes or downloads the binary',
      remedy: 'let it run with `installScripts: true`, or put the package into a layer',
    };
  }
  return undefined;
}

/** The optional packages for one processor. */
function platformPackages(
  place: string,
  { optionalDependencies = {} }: Manifest,
  packages: Readonly<Record<string, LockEntry>>,
): string[] {
  return Object.keys(optionalDependencies)
    .flatMap((name) => [`${place}/node_modules/${name}`, `node_modules/${name}`])
    .filter((it) => packages[it]?.cpu !== undefined);
}

function* binariesOf(root: string): Generator<string> {
  for (const { file } of walkFolder(root, (name) => name === 'node_modules')) {
    if (file.endsWith('.node')) {
      yield file;
    }
  }
}

function isFor(file: string, cpu: string): boolean {
  const header = Buffer.alloc(20);
  const handle = fs.openSync(file, 'r');
  try {
    fs.readSync(handle, header, 0, header.length, 0);
  } finally {
    fs.closeSync(handle);
  }
  const isElf = header.subarray(0, 4).equals(Buffer.from('\x7fELF', 'latin1'));
  return isElf && header.readUInt16LE(18) === MACHINES[cpu];
}
