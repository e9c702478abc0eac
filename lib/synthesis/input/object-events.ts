import type { Listening } from '../../kinds/trigger-kind';
import { isPlainObject } from '../../trigger/pattern-json';
import { referredPath } from './references';

/** The events of a bucket’s objects that something receives. */
export interface ObjectEvents extends Listening {
  /** The construct path of the bucket. */
  readonly bucket: string;
}

type Keys = Readonly<{ prefix: string; suffix: string }>;

/** Members of `detail` that say how an object was made or removed. A condition for them may still select what a function writes. */
const MAKING = ['version', 'bucket', 'object', 'reason', 'deletion-type', 'requester'];

/**
 * The objects that the pattern of a rule selects, if it names buckets of the CDK app.
 *
 * @param pattern with construct paths for references
 */
export function objectsOf(pattern: Readonly<Record<string, unknown>>): ObjectEvents[] {
  const { source, 'detail-type': types, detail, ...others } = pattern;
  const { bucket, object, ...more } = isPlainObject(detail) ? detail : {};
  const names = isPlainObject(bucket) ? listOf(bucket['name']) : [];
  if (!listOf(source).includes('aws.s3') || names.length === 0) {
    return [];
  }
  const { key, ...ofObject } = isPlainObject(object) ? object : {};
  const isOther = (name: string): boolean => !MAKING.includes(name);
  const narrowed =
    Object.keys(others).some((name) => name === '$or' || name === 'resources') ||
    Object.keys(more).some(isOther) ||
    Object.keys(ofObject).length > 0;
  const reports = (type: string): boolean =>
    types === undefined || listOf(types).some((one) => one === type || typeof one !== 'string');
  const keys = key === undefined ? [{ prefix: '', suffix: '' }] : listOf(key).map(keysOf);
  return names.flatMap((name) => {
    const path = referredPath(name);
    return path === undefined
      ? []
      : keys.map((one) => ({
          bucket: path,
          narrowed: narrowed || one === undefined,
          objects: {
            ...(one ?? { prefix: '', suffix: '' }),
            created: reports('Object Created'),
            removed: reports('Object Deleted'),
          },
        }));
  });
}

/** What a condition for the key selects; undefined if that is neither one key, nor a beginning and an end. */
function keysOf(condition: unknown): Keys | undefined {
  if (typeof condition === 'string') {
    return { prefix: condition, suffix: condition };
  }
  const { prefix, suffix, wildcard } = isPlainObject(condition) ? condition : {};
  if (typeof prefix === 'string' || typeof suffix === 'string') {
    return {
      prefix: typeof prefix === 'string' ? prefix : '',
      suffix: typeof suffix === 'string' ? suffix : '',
    };
  }
  const [, start, end] = /^([^*\\]*)\*([^*\\]*)$/.exec(String(wildcard)) ?? [];
  return start === undefined || end === undefined ? undefined : { prefix: start, suffix: end };
}

/** A filter of a bucket’s own notification, `{ s3Key: { rules } }` or, of a custom resource, `{ Key: { FilterRules } }`. */
export function keysOfFilter(filter: unknown): Keys {
  const { Key, s3Key = Key } = membersOf(filter);
  const { FilterRules, rules = FilterRules } = membersOf(s3Key);
  const values = new Map(
    listOf(rules)
      .map(membersOf)
      .map(({ Name, name = Name, Value, value = Value }) => [String(name).toLowerCase(), value]),
  );
  const textOf = (name: string): string => {
    const value = values.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { prefix: textOf('prefix'), suffix: textOf('suffix') };
}

export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isPlainObject(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
