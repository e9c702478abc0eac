import { Token } from 'aws-cdk-lib';
import type { PropCheck } from '../../props/prop-check';

/** Which keys run the function, as the keys are: not encoded. */
export interface KeyFilter {
  readonly prefix?: string;
  readonly suffix?: string;
}

const MAX_KEY_BYTES = 1024;

/** Refuses a filter that matches no key, or that S3 refuses. */
export function checkKeyFilter(filter: KeyFilter, check: PropCheck): void {
  for (const prop of ['prefix', 'suffix'] as const) {
    const value = filter[prop];
    if (value !== undefined && !Token.isUnresolved(value)) {
      checkPart(prop, value, check);
    }
  }
}

function checkPart(prop: 'prefix' | 'suffix', value: string, check: PropCheck): void {
  if (prop === 'prefix' && value.startsWith('/')) {
    throw check.error(
      prop,
      'must not begin with `/`, since keys do not',
      value,
      'leave out the `/` in front',
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

/** `in/*` is meant as the prefix `in/`, `*.csv` as the suffix `.csv`, and `in/*.csv` as both. */
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

/**
 * A part of a key as S3 expects it in a filter of a notification: a blank as `+`, and percent-encoded what is not among the characters
 * that AWS calls safe. EventBridge compares keys as they are.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html#object-key-guidelines-safe-characters
 */
export function encodeKeyFilter(part: string): string {
  return Token.isUnresolved(part)
    ? part
    : encodeURIComponent(part).replaceAll('%20', '+').replaceAll('%2F', '/').replaceAll('~', '%7E');
}
