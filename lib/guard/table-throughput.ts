import { DYNAMODB_LIMITS, ScalingLimit } from '../scaling/scaling-limits';
import { Found, Guard } from './guard';
import { formatNumber } from '../model/format-number';
import { TableThroughputFacts } from './guard-facts';

const { tableReads, tableWrites } = DYNAMODB_LIMITS;

/**
 * A bound or a warm throughput above the table's quota, and warm throughput that the table's own bound never lets be used. Warnings:
 * AWS raises the quota on request.
 */
export const tableThroughput: Guard = {
  id: 'table-throughput',
  severities: ['warning'],
  what: 'A bound or a warm throughput of a table above its quota, or warm throughput that the table’s own bound never lets be used.',
  why: 'DynamoDB refuses warm throughput above the quota; a bound above it bounds nothing; warmth above the bound is charged and never used.',
  fix: 'Lower it, raise the bound, or have AWS raise the quota.',
  accept: 'AWS has raised the quota for the account.',
  source: tableReads.source,
  check: ({ tables }) =>
    tables.flatMap((table) => [
      ...foundOf(table, 'Read', tableReads, table.maxReads, table.warmReads),
      ...foundOf(table, 'Write', tableWrites, table.maxWrites, table.warmWrites),
    ]),
};

function foundOf(
  { id }: TableThroughputFacts,
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
    const rule = 'must be within what a table may take, or bounds nothing';
    const prop = `tables.${id}.${maxName}`;
    found.push({ ...given, prop, rule, got: formatNumber(max), remedy: raise });
  }
  if (warm > quota.limit) {
    const rule = 'must be within what a table may take';
    const prop = `tables.${id}.${warmName}`;
    found.push({ ...given, prop, rule, got: formatNumber(warm), remedy: raise });
  }
  if (warm > max) {
    found.push({
      ...given,
      prop: `tables.${id}.${warmName}`,
      rule: `must be no more than \`${maxName}\`, beyond which it is charged and never used`,
      quota: { ...quota, name: 'the bound', limit: max },
      got: formatNumber(warm),
      remedy: `raise \`${maxName}\`, or ask for less warm throughput`,
    });
  }
  return found;
}
