import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { IAppFunction } from '../core/contract';
import { renderedProperties } from '../core/rendered-properties';
import { didYouMean } from '../props/nearest';
import type { PropCheck } from '../props/prop-check';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const NAME = /^[A-Za-z0-9_.-]{3,255}$/;

/** Rejects text that no index can have as its name, for example `*`. */
export function checkIndexName(index: string, check: PropCheck): void {
  if (!Token.isUnresolved(index) && !NAME.test(index)) {
    throw check.error(
      'index',
      'must be the name of an index: 3 to 255 letters, digits, `_`, `-` and `.`',
      index,
      'name one index, or leave `index` out for the table with all its indexes',
    );
  }
}

/**
 * Reports at synthesis that a table has no such index: IAM would accept the permission, and the first query would fail. It cannot
 * be known earlier, because an index may be added after the access.
 */
export function requireIndex(
  fn: IAppFunction,
  table: IConstruct,
  index: string,
  check: PropCheck,
): void {
  fn.node.addValidation({
    validate: () => {
      const known = indexesOf(table);
      return Token.isUnresolved(index) || known === undefined || known.includes(index)
        ? []
        : [missingIndex(table, index, known, check).message];
    },
  });
}

function missingIndex(
  table: IConstruct,
  index: string,
  known: readonly string[],
  check: PropCheck,
): Error {
  return check.error(
    'index',
    `must be an index of the table ${table.node.path}`,
    index,
    known.length === 0
      ? 'the table has no index: add one with `globalSecondaryIndexes`, or leave `index` out'
      : didYouMean(index, known, `the table has ${known.join(', ')}`),
  );
}

/** The names of a table's indexes; undefined if it is imported, or if only the deployment knows one of them. */
function indexesOf(table: IConstruct): readonly string[] | undefined {
  const properties = renderedProperties(table);
  if (properties === undefined) {
    return undefined;
  }
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = properties;
  if (!Array.isArray(global) || !Array.isArray(local)) {
    return undefined;
  }
  const all: ReadonlyArray<{ readonly IndexName?: unknown }> = [global, local].flat();
  const names = all.map(({ IndexName }) => IndexName);
  return names.every((name) => typeof name === 'string') ? names : undefined;
}
