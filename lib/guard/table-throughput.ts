import { DYNAMODB_LIMITS, ScalingLimit } from '../scaling/scaling-limits';
import { Finding, finding, Guard, show } from './guard';
import { TableThroughputFacts } from './guard-facts';

const { tableReads, tableWrites } = DYNAMODB_LIMITS;

/**
 * A bound or a warm throughput above the table's quota, and warm throughput that the table's own bound never lets be used. Warnings:
 * AWS raises the quota on request.
 */
export const tableThroughput: Guard = ({ app, tables }) =>
  tables.flatMap((table) => [
    ...findingsOf(app, table, 'Read', tableReads, table.maxReads, table.warmReads),
    ...findingsOf(app, table, 'Write', tableWrites, table.maxWrites, table.warmWrites),
  ]);

function findingsOf(
  app: string,
  { id }: TableThroughputFacts,
  kind: 'Read' | 'Write',
  quota: ScalingLimit,
  max: number | undefined,
  warm: number | undefined,
): Finding[] {
  const given = { guard: 'table-throughput', severity: 'warning', app, quota } as const;
  const maxName = `billing.max${kind}RequestUnits`;
  const warmName = `warmThroughput.${kind.toLowerCase()}UnitsPerSecond`;
  const raise = 'lower it, or have AWS raise the quota and acknowledge this warning';
  const found: Finding[] = [];
  if (max !== undefined && max > quota.limit) {
    const rule = 'must be within what a table may take, or bounds nothing';
    const prop = `tables.${id}.${maxName}`;
    found.push(finding({ ...given, prop, rule, got: show(max), remedy: raise }));
  }
  if (warm !== undefined && warm > quota.limit) {
    const rule = 'must be within what a table may take';
    const prop = `tables.${id}.${warmName}`;
    found.push(finding({ ...given, prop, rule, got: show(warm), remedy: raise }));
  }
  if (max !== undefined && warm !== undefined && warm > max) {
    found.push(
      finding({
        ...given,
        prop: `tables.${id}.${warmName}`,
        rule: `must be no more than \`${maxName}\`, beyond which it is charged and never used`,
        quota: { ...quota, name: 'the bound', limit: max },
        got: show(warm),
        remedy: `raise \`${maxName}\`, or ask for less warm throughput`,
      }),
    );
  }
  return found;
}
