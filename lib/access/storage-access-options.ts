import { AccessLevel } from '../core/contract';
import { checkKeyPart, OF_ACCESS } from '../core/object-keys';
import { flag, fullText } from '../props/kinds';
import { PropCheck, unquoted } from '../props/prop-check';
import { propsOf } from '../props/prop-set';
import { ACCESS_PROPS, AccessOptions } from './access-options';
import { BUCKET, ResourceKind, TABLE } from './grants';
import { checkIndexName } from './table-index';
import { nounOf } from './wrong-kind';

/** Options for access to a table or a bucket. */
export interface StorageAccessOptions extends AccessOptions {
  /**
   * Only the objects of a bucket whose keys have this prefix, for example `out/`, without `*`. Listing the bucket is
   * restricted to that prefix too.
   *
   * @default - all objects
   */
  readonly prefix?: string;

  /**
   * Whether reading a bucket also covers earlier versions of its objects (`s3:GetObjectVersion`). Set it for an imported bucket,
   * and for one whose versioning is switched on by an override.
   *
   * @default - derived from the bucket’s `versioned` and `objectLockEnabled`; `false` for an imported bucket
   */
  readonly versioned?: boolean;

  /**
   * Only this index of a table, for reading: the function may query and scan the index, and not the table. An index that the table
   * does not have is an error, unless the table is imported.
   *
   * @default - the table with all its indexes
   */
  readonly index?: string;
}

/** @internal */
export const STORAGE_ACCESS_PROPS = propsOf<StorageAccessOptions>()({
  ...ACCESS_PROPS.props,
  prefix: fullText(),
  versioned: flag(),
  index: fullText(),
});

/**
 * Checks the options against the kind of the resource and the level of access.
 *
 * @internal
 */
export function checkStorageOptions(
  { index, prefix, versioned }: StorageAccessOptions,
  kind: ResourceKind,
  level: AccessLevel,
  check: PropCheck,
): void {
  if (prefix !== undefined) {
    requireKind('prefix', BUCKET, kind, check);
    checkKeyPart('prefix', prefix, check, OF_ACCESS);
  }
  if (versioned !== undefined) {
    requireKind('versioned', BUCKET, kind, check);
    if (level === AccessLevel.WRITE) {
      throw check.error(
        'versioned',
        'must be left out for writing, since only reading covers earlier versions',
        versioned,
        'give it to `Access.read` or `Access.readWrite`',
      );
    }
  }
  if (index !== undefined) {
    requireKind('index', TABLE, kind, check);
    checkIndexName(index, check);
    if (level !== AccessLevel.READ) {
      throw check.error(
        'index',
        'must be left out for writing, since an index can only be read',
        index,
        'read the index and write the table with two accesses: `Access.read(table, { index })` and `Access.write(table)`',
      );
    }
  }
}

function requireKind(
  prop: string,
  expected: ResourceKind,
  kind: ResourceKind,
  check: PropCheck,
): void {
  if (kind !== expected) {
    throw check.error(
      prop,
      `must be given for ${nounOf(expected)} only`,
      unquoted(nounOf(kind)),
      kind === TABLE
        ? 'use `index` for a table, or leave it out'
        : 'use `prefix` for a bucket, or leave it out',
    );
  }
}
