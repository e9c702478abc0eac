import { Token } from 'aws-cdk-lib';
import { checkKeyPart, OF_TRIGGER } from '../../core/object-keys';
import type { PropCheck } from '../../props/prop-check';

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
