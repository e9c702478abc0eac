/**
 * Parts of packages that need files or native code, and that only some users of the package need. Each has the words that code
 * using the part contains. Without these words the package runs bundled, and a warning would be a false alarm.
 */
const MENTIONED: Readonly<Record<string, RegExp>> = {
  // Transports run in a worker: https://github.com/pinojs/pino/blob/main/docs/bundling.md
  pino: /\btransports?\b/,
  'thread-stream': /\btransports?\b|\bthread-stream\b/,
  // Templates of new migrations and seeds.
  knex: /\b(migrate|seed)\s*\.\s*make\b/,
  // The admin services read their protocol’s files.
  '@grpc/grpc-js': /\bchannelz\b|\borca\b|addAdminServices/i,
  // `pg.native`
  'pg-native': /\bpg-native\b|\bnative\b/,
  libpq: /\blibpq\b|\bpg-native\b|\bnative\b/,
};

/** Whether a part of a package is used by all who import the package. */
export function isUsedAlways(name: string): boolean {
  return MENTIONED[name] === undefined;
}

/** Whether the user's own sources use such a part of a package. */
export function isMentioned(name: string, source: string): boolean {
  return MENTIONED[name]?.test(source) ?? source.includes(name);
}
