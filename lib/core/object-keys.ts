import { Token } from 'aws-cdk-lib';
import type { PropCheck } from '../props/prop-check';

const MAX_KEY_BYTES = 1024;

/** Refuses the beginning or the end of keys that no key has, or that S3 refuses. What only the deployment knows is not compared. */
export function checkKeyPart(prop: 'prefix' | 'suffix', value: string, check: PropCheck): void {
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
