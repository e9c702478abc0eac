import * as fs from 'node:fs';

/**
 * The version of the interface (`NODE_MODULE_VERSION`) that a binary must be compiled for, by major version of Node.js:
 * https://github.com/nodejs/node/blob/main/doc/abi_version_registry.json
 */
const ABI_VERSIONS: Readonly<Record<string, number>> = { 18: 108, 20: 115, 22: 127, 24: 137 };

/** https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.sheader.html */
const SECTION = { PROGBITS: 1, RELA: 4, DYNSYM: 11 } as const;
const WRITABLE = 1;
const UNDEFINED = 0;

/** Such a binary runs on each version of Node.js: https://nodejs.org/api/n-api.html#implications-of-abi-stability */
const NODE_API = /^napi_(register_module_v\d+|module_register)$/;

/** `NODE_MODULE_INIT` of node.h puts the version into a function's name. */
const INITIALIZER = /^node_register_module_v(\d+)$/;

/**
 * What `NODE_MODULE` of node.h leaves in a binary: a structure that begins with the version and flags, followed by pointers to
 * the names of the file and the module. The linker relocates the pointers.
 */
const MODULE = { flags: 4, handle: 8, file: 16, name: 40, size: 64 } as const;

/** The error codes for offsets in the file that point outside it. */
const OUTSIDE: readonly string[] = ['ERR_OUT_OF_RANGE', 'ERR_BUFFER_OUT_OF_BOUNDS'];

/** The version of the interface in a major version of Node.js; undefined if it is unknown. */
export function abiOf(nodeVersion: string): number | undefined {
  return ABI_VERSIONS[nodeVersion];
}

/** The major version of Node.js that has this version of the interface. */
export function nodeOfAbi(abi: number): string | undefined {
  return Object.entries(ABI_VERSIONS).find(([, version]) => version === abi)?.[0];
}

/**
 * The version of the interface that a binary for 64-bit Linux was compiled for.
 *
 * @returns undefined for a binary that uses Node-API, which runs on all versions, and for one that does not contain the version
 */
export function abiOfBinary(file: string): number | undefined {
  const content = fs.readFileSync(file);
  try {
    return readAbi(content);
  } catch (error) {
    if (!OUTSIDE.includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
    return undefined; // truncated, or not laid out as expected
  }
}

interface Section {
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

interface DynamicSymbol {
  readonly name: string;
  readonly defined: boolean;
}

function readAbi(content: Buffer): number | undefined {
  const sections = sectionsOf(content);
  const symbols = sections
    .filter(({ type }) => type === SECTION.DYNSYM)
    .flatMap((section) => symbolsOf(content, section, sections[section.link]));
  if (symbols.some(({ name }) => NODE_API.test(name))) {
    return undefined;
  }
  const version = symbols
    .map(({ name, defined }) => (defined ? INITIALIZER.exec(name)?.[1] : undefined))
    .find((it) => it !== undefined);
  return version === undefined ? versionInData(content, sections) : Number(version);
}

function sectionsOf(content: Buffer): Section[] {
  const start = numberAt(content, 40);
  const [size, count] = [content.readUInt16LE(58), content.readUInt16LE(60)];
  return Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    return {
      type: content.readUInt32LE(at + 4),
      flags: numberAt(content, at + 8),
      address: numberAt(content, at + 16),
      offset: numberAt(content, at + 24),
      size: numberAt(content, at + 32),
      link: content.readUInt32LE(at + 40),
    };
  });
}

function symbolsOf(content: Buffer, table: Section, names: Section | undefined): DynamicSymbol[] {
  return Array.from({ length: Math.floor(table.size / 24) }, (_, i) => {
    const at = table.offset + i * 24;
    const start = (names?.offset ?? 0) + content.readUInt32LE(at);
    const name = content.toString('latin1', start, content.indexOf(0, start));
    return { name, defined: content.readUInt16LE(at + 6) !== UNDEFINED };
  });
}

function versionInData(content: Buffer, sections: readonly Section[]): number | undefined {
  const pointers = new Set(
    sections
      .filter(({ type }) => type === SECTION.RELA)
      .flatMap(({ offset, size }) =>
        Array.from({ length: Math.floor(size / 24) }, (_, i) => numberAt(content, offset + i * 24)),
      ),
  );
  const known = new Set(Object.values(ABI_VERSIONS));
  const data = sections.filter(
    ({ type, flags }) => type === SECTION.PROGBITS && (flags & WRITABLE) !== 0,
  );
  for (const { address, offset, size } of data) {
    for (let at = 0; at + MODULE.size <= size; at += 8) {
      const version = content.readUInt32LE(offset + at);
      const isModule =
        known.has(version) &&
        content.readUInt32LE(offset + at + MODULE.flags) <= 0x10 &&
        numberAt(content, offset + at + MODULE.handle) === 0 &&
        pointers.has(address + at + MODULE.file) &&
        pointers.has(address + at + MODULE.name);
      if (isModule) {
        return version;
      }
    }
  }
  return undefined;
}

function numberAt(content: Buffer, at: number): number {
  return Number(content.readBigUInt64LE(at));
}
