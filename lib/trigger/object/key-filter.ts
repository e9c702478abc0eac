import { Token } from 'aws-cdk-lib';
import { checkKeyPart, MAX_KEY_BYTES, OF_TRIGGER } from '../../core/object-keys';
import { PropCheck, unquoted } from '../../props/prop-check';

/** The keys that invoke the function, not encoded. */
export interface KeyFilter {
  readonly prefix?: string;
  readonly suffix?: string;
}

/** Rejects a filter that matches no key, or that S3 rejects. */
export function checkKeyFilter(filter: KeyFilter, check: PropCheck): void {
  for (const prop of ['prefix', 'suffix'] as const) {
    const value = filter[prop];
    if (value !== undefined) {
      checkKeyPart(prop, value, check, OF_TRIGGER);
    }
  }
  requireRoomForBoth(filter, check);
}

/** A key may always begin with the one and end with the other, unless it would be too long. */
function requireRoomForBoth({ prefix = '', suffix = '' }: KeyFilter, check: PropCheck): void {
  if (Token.isUnresolved(prefix) || Token.isUnresolved(suffix)) {
    return;
  }
  let shared = Math.min(prefix.length, suffix.length);
  while (!prefix.endsWith(suffix.slice(0, shared))) {
    shared--;
  }
  const bytes = Buffer.byteLength(prefix) + Buffer.byteLength(suffix.slice(shared));
  if (bytes > MAX_KEY_BYTES) {
    throw check.error(
      'suffix',
      `must leave room for \`prefix\` in a key, which has at most ${MAX_KEY_BYTES} bytes`,
      unquoted(`${bytes} bytes together`),
      'shorten one of them',
    );
  }
}

/**
 * A part of a key as S3 expects it in a notification filter: a space becomes `+`, and characters that AWS does not list as safe
 * are percent-encoded. EventBridge compares plain keys.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html#object-key-guidelines-safe-characters
 */
export function encodeKeyFilter(part: string): string {
  return Token.isUnresolved(part)
    ? part
    : encodeURIComponent(part).replaceAll('%20', '+').replaceAll('%2F', '/').replaceAll('~', '%7E');
}
