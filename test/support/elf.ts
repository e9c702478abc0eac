/** What a test’s binary for Linux contains. */
export interface ElfContent {
  readonly machine?: 'x64' | 'arm64';
  /** Functions in its table of symbols. */
  readonly defines?: readonly string[];
  readonly imports?: readonly string[];
  /** The version in the structure that `NODE_MODULE` of node.h makes. */
  readonly moduleVersion?: number;
}

const HEADER = 64;
const SECTION = 64;
const SYMBOL = 24;
const RELOCATION = 24;

/** A file laid out as a compiled addon for Node.js is. */
export function elfFile({
  machine = 'x64',
  defines = [],
  imports = [],
  moduleVersion,
}: ElfContent): Buffer {
  const names = [...defines, ...imports];
  const strings = Buffer.from(`\0${names.map((name) => `${name}\0`).join('')}`, 'latin1');
  const symbols = Buffer.alloc(SYMBOL * (names.length + 1));
  names.forEach((name, i) => {
    const at = SYMBOL * (i + 1);
    symbols.writeUInt32LE(strings.indexOf(`\0${name}\0`, 0, 'latin1') + 1, at);
    symbols.writeUInt16LE(i < defines.length ? 1 : 0, at + 6);
  });
  const module = Buffer.alloc(moduleVersion === undefined ? 0 : 80);
  const relocations = Buffer.alloc(moduleVersion === undefined ? 0 : RELOCATION * 2);
  const address = 0x4000;
  if (moduleVersion !== undefined) {
    module.writeUInt32LE(moduleVersion, 8);
    [16, 40].forEach((at, i) => {
      relocations.writeBigUInt64LE(BigInt(address + 8 + at), RELOCATION * i);
    });
  }
  const parts = [
    { type: 11, flags: 2, content: symbols, link: 2 },
    { type: 3, flags: 2, content: strings, link: 0 },
    { type: 1, flags: 3, content: module, link: 0 },
    { type: 4, flags: 2, content: relocations, link: 1 },
  ];
  const header = Buffer.alloc(HEADER);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(machine === 'x64' ? 62 : 183, 18);
  header.writeBigUInt64LE(BigInt(HEADER), 40);
  header.writeUInt16LE(SECTION, 58);
  header.writeUInt16LE(parts.length + 1, 60);
  const table = Buffer.alloc(SECTION * (parts.length + 1));
  let offset = HEADER + table.length;
  parts.forEach(({ type, flags, content, link }, i) => {
    const at = SECTION * (i + 1);
    table.writeUInt32LE(type, at + 4);
    table.writeBigUInt64LE(BigInt(flags), at + 8);
    table.writeBigUInt64LE(BigInt(type === 1 ? address : 0), at + 16);
    table.writeBigUInt64LE(BigInt(offset), at + 24);
    table.writeBigUInt64LE(BigInt(content.length), at + 32);
    table.writeUInt32LE(link, at + 40);
    offset += content.length;
  });
  return Buffer.concat([header, table, ...parts.map(({ content }) => content)]);
}
