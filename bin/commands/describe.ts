import { AppModel, ColdStartFacts, FunctionFacts, RolloutFacts } from '../../lib/model/app-model';
import { readModels } from '../assembly';
import { select } from '../choose-app';
import type { Invocation } from '../command-spec';
import { describeTrigger, lastPart } from '../describe-trigger';
import type { Io } from '../io';

/** Prints the apps of the cloud assembly. */
export function describe({ args: [app], options }: Invocation, io: Io): number {
  const models = select(readModels(String(options.assembly)), app);
  io.out(
    options.json === true
      ? `${JSON.stringify(models, undefined, 2)}\n`
      : models.map(formatApp).join('\n'),
  );
  return 0;
}

/** One app as lines of text. */
export function formatApp(model: AppModel): string {
  const rows = model.functions.flatMap(functionRows);
  const widths = [0, 1].map((column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const failures = [
    model.failureQueue === undefined ? [] : [`failed events go to ${model.failureQueue.id}`],
    model.failureBucket === undefined
      ? []
      : [`failed table changes go to ${model.failureBucket.id}`],
  ].flat();
  const { path, stage, shards } = model.app;
  return [
    `${path} (${stage}${shards === undefined ? '' : `, ${shards} shard${shards === 1 ? '' : 's'}`})`,
    ...[...lines, ...failures].map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** One row for each trigger; the first also shows the function's access. */
function functionRows(fn: FunctionFacts): string[][] {
  const events = fn.triggers.length === 0 ? ['nothing runs it'] : fn.triggers.map(describeTrigger);
  const access = fn.access
    .map(({ level, path }) => `${VERBS[level] ?? level} ${lastPart(path)}`)
    .join(', ');
  const how = [describeColdStart(fn.coldStart), describeRollout(fn.rollout)];
  const more = [access, ...how].filter((part) => part !== '').join('; ');
  return events.map((event, i) => (i === 0 ? [fn.id, event, more] : ['', event]));
}

function describeColdStart({ kind, min, max, schedules = [] }: ColdStartFacts): string {
  if (kind === 'provisioned') {
    const units = [min, max].filter((bound) => bound !== undefined).map(number);
    return `${units.join(' to ')} ready${schedules.length > 0 ? ', by schedule' : ''}`;
  }
  return kind === 'snapStart' ? 'from a snapshot' : '';
}

function describeRollout({ kind, percent, intervalMinutes }: RolloutFacts): string {
  if (percent === undefined || intervalMinutes === undefined) {
    return '';
  }
  const [share, minutes] = [number(percent), number(intervalMinutes)];
  return kind === 'linear'
    ? `${share} % more every ${minutes} min`
    : `${share} % for ${minutes} min, then all`;
}

/** What is known only at deployment is an expression. */
function number(value: unknown): string {
  return typeof value === 'number' ? String(value) : '?';
}

const VERBS: Readonly<Record<string, string>> = {
  read: 'reads',
  write: 'writes',
  readWrite: 'reads and writes',
  send: 'sends to',
  publish: 'publishes to',
};
