/** Hashes that depend on the code of handlers and the versions of packages, not on the infrastructure. */
const BLANKED: readonly (readonly [RegExp, string])[] = [
  // The hash of an asset.
  [/\b[0-9a-f]{64}\b/g, '[HASH]'],
  // The hash at the end of the logical id of a function’s version, which is computed from its code and configuration.
  [/(?<=CurrentVersion[0-9A-F]{8})[0-9a-f]{32}\b/g, ''],
];

/**
 * A template for a snapshot that changes with the infrastructure only: the hashes of assets and of function versions are blanked.
 * `template` is a `Template` of `aws-cdk-lib/assertions`, or what its `toJSON()` returns.
 */
export function stableTemplate(template: object): Record<string, unknown> {
  const plain: unknown =
    'toJSON' in template && typeof template.toJSON === 'function'
      ? (template as { toJSON(): unknown }).toJSON()
      : template;
  return JSON.parse(withoutHashes(JSON.stringify(plain))) as Record<string, unknown>;
}

/** The text of a template without these hashes. */
export function withoutHashes(text: string): string {
  return BLANKED.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    text,
  );
}
