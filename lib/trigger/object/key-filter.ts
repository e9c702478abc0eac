import { Token } from 'aws-cdk-lib';
import { checkKeyPart } from '../../core/object-keys';
import type { PropCheck } from '../../props/prop-check';

/** Which keys run the function, as the keys are: not encoded. */
export interface KeyFilter {
  readonly prefix?: string;
  readonly suffix?: string;
}

/** Refuses a filter that matches no key, or that S3 refuses. */
export function checkKeyFilter(filter: KeyFilter, check: PropCheck): void {
  for (const prop of ['prefix', 'suffix'] as const) {
    const value = filter[prop];
    if (value !== undefined) {
      checkKeyPart(prop, value, check);
    }
  }
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
