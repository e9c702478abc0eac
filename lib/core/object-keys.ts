import { Token } from 'aws-cdk-lib';
import type { PropCheck } from '../props/prop-check';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const MAX_KEY_BYTES = 1024;

/** How to use several prefixes or suffixes, as the remedy in an error. */
export const OF_TRIGGER = 'add a trigger for each, `Trigger.objectCreated(bucket, { … })`';
export const OF_ACCESS = 'add an access for each, `reads(bucket, { … })`';

/**
 * Rejects a key prefix or suffix that matches no key, or that S3 rejects. A value that is known only at deployment is not checked.
 *
 * @param another the remedy for several values in one
 */
export function checkKeyPart(
  prop: 'prefix' | 'suffix',
  value: string,
  check: PropCheck,
  another: string,
): void {
  if (Token.isUnresolved(value)) {
    return;
  }
  if (prop === 'prefix' && value.startsWith('/')) {
    throw check.error(
      prop,
      'must not begin with `/`, because keys do not',
      value,
      'leave out the leading `/`',
    );
  }
  if (value.startsWith('s3://')) {
    throw check.error(
      prop,
      'must be a part of the key alone, without `s3://` and the name of the bucket',
      value,
      'leave them out',
    );
  }
  if (value.includes('*')) {
    throw check.error(
      prop,
      'must not contain `*`, which S3 does not treat as a wildcard',
      value,
      withoutWildcard(prop, value),
    );
  }
  const several = alternativesIn(value);
  if (several.length > 1) {
    throw check.error(
      prop,
      'must be a single string that S3 compares literally, not a pattern for several',
      value,
      `${another}: ${several.map((one) => `\`${prop}: '${one}'\``).join(' and ')}`,
    );
  }
  const bytes = Buffer.byteLength(value);
  if (bytes > MAX_KEY_BYTES) {
    throw check.error(
      prop,
      `must have at most ${MAX_KEY_BYTES} bytes`,
      `${bytes} bytes`,
      'shorten it',
    );
  }
}

/** Suggests `in/` as the prefix for `in/*`, `.csv` as the suffix for `*.csv`, and both for `in/*.csv`. */
function withoutWildcard(prop: 'prefix' | 'suffix', value: string): string {
  const before = value.slice(0, value.indexOf('*'));
  const after = value.slice(value.lastIndexOf('*') + 1);
  const parts = [
    ...(before === '' ? [] : [`prefix: '${before}'`]),
    ...(after === '' ? [] : [`suffix: '${after}'`]),
  ];
  return parts.length === 0
    ? `leave \`${prop}\` out, which means all keys`
    : `did you mean \`${parts.join(', ')}\`?`;
}

/** The texts that a shell’s `.{csv,tsv}`, a regular expression’s `.(csv|tsv)` or a list `.csv,.tsv` means; otherwise none. */
function alternativesIn(value: string): readonly string[] {
  const [, before = '', braces, group, after = ''] =
    /^([^{}()]*)(?:\{([^{}]*,[^{}]*)\}|\(([^()]*\|[^()]*)\))([^{}()]*)$/.exec(value) ?? [];
  const listed = braces?.split(',') ?? group?.split('|');
  if (listed !== undefined) {
    return listed.map((one) => `${before}${one.trim()}${after}`);
  }
  return /^\.\w+(?:\s*[,;|]\s*\.\w+)+$/.test(value) ? value.split(/\s*[,;|]\s*/) : [];
}
