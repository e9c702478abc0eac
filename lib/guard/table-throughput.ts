import { DYNAMODB_LIMITS, ScalingLimit } from '../scaling/scaling-limits';
import { Found, Guard } from './guard';
import { formatNumber } from '../model/format-number';
import { TableThroughputInput } from './guard-input';

const { tableReads, tableWrites } = DYNAMODB_LIMITS;

/**
 * A maximum or warm throughput above the table's quota, or warm throughput above the table's own maximum. Warnings, because AWS raises
 * the quota on request.
 */
export const tableThroughput: Guard = {
  id: 'table-throughput',
  severities: ['warning'],
  what: 'A table whose maximum or warm throughput exceeds the quota, or whose warm throughput exceeds its own maximum.',
  why: 'DynamoDB rejects warm throughput above the quota. A maximum above the quota has no effect. Warm throughput above the maximum is billed but can never be used.',
  fix: 'Lower the throughput, raise the maximum, or ask AWS to raise the quota.',
  accept: 'AWS has raised the quota for the account.',
  source: tableReads.source,
  check: ({ tables }) =>
    tables.flatMap((table) => [
      ...foundOf(table, 'Read', tableReads, table.maxReads, table.warmReads),
      ...foundOf(table, 'Write', tableWrites, table.maxWrites, table.warmWrites),
    ]),
};

function foundOf(
  { id }: TableThroughputInput,
  kind: 'Read' | 'Write',
  quota: ScalingLimit,
  max = Infinity,
  warm = 0,
): Found[] {
  const given = { quota } as const;
  const maxName = `billing.max${kind}RequestUnits`;
  const warmName = `warmThroughput.${kind.toLowerCase()}UnitsPerSecond`;
  const raise = 'lower it, or have AWS raise the quota and acknowledge this warning';
  const found: Found[] = [];
  if (Number.isFinite(max) && max > quota.limit) {
    const rule = 'must not exceed the table’s quota, because it would have no effect';
    const prop = `tables.${id}.${maxName}`;
    found.push({ ...given, prop, rule, got: formatNumber(max), remedy: raise });
  }
  if (warm > quota.limit) {
    const rule = 'must not exceed the table’s quota';
    const prop = `tables.${id}.${warmName}`;
    found.push({ ...given, prop, rule, got: formatNumber(warm), remedy: raise });
  }
  if (warm > max) {
    found.push({
      ...given,
      prop: `tables.${id}.${warmName}`,
      rule: `must not exceed \`${maxName}\`; the rest is billed but can never be used`,
      quota: { ...quota, name: 'the table’s own maximum', limit: max },
      got: formatNumber(warm),
      remedy: `raise \`${maxName}\`, or request less warm throughput`,
    });
  }
  return found;
}
