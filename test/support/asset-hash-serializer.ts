/** Blanks the hashes of assets, and of versions, in snapshots: they follow from the versions of the dependencies, not from this library. */
const HASH = /\b[0-9a-f]{64}\b|(?<=CurrentVersion[0-9A-F]{8})[0-9a-f]{32}\b/g;

export function test(value: unknown): boolean {
  return typeof value === 'string' && value.search(HASH) >= 0;
}

export function serialize(value: string): string {
  return JSON.stringify(value.replace(HASH, '[HASH]'));
}
