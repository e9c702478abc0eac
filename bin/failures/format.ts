import type { Colors } from '../io';
import { count } from '../text/count';
import { showDuration } from '../text/duration';
import { table } from '../text/table';
import type { Failure } from './failure';
import type { RetryOutcome } from './retry';

const SHORT_ID = 8;
const LONGEST_ERROR = 80;

/** What `--json` prints of a failure (schema/cli/failures.schema.json). */
export function failureJson(failure: Failure, now: Date): object {
  const { message: _message, failedAt, event, ...plain } = failure;
  return {
    ...plain,
    failedAt: failedAt.toISOString(),
    ageSeconds: Math.max(0, Math.round((now.getTime() - failedAt.getTime()) / 1000)),
    event: eventValue(event),
  };
}

export function outcomeJson({ failure, outcome, reason }: RetryOutcome): object {
  return { id: failure.id, function: failure.function, kind: failure.kind, outcome, reason };
}

/** Failures by function and trigger. */
export function formatList(failures: readonly Failure[], now: Date, colors: Colors): string {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const name = `${failure.function ?? 'of unknown functions'}${failure.trigger === undefined ? '' : ` · ${failure.trigger}`}`;
    groups.set(name, [...(groups.get(name) ?? []), failure]);
  }
  return [...groups]
    .map(([name, some]) => {
      const rows = some.map((failure) => [
        colors.cyan(shortId(failure, failures)),
        failure.kind,
        `${showDuration(now.getTime() - failure.failedAt.getTime())} ago`,
        colors.red(shorten(failure.error ?? failure.condition ?? '')),
      ]);
      return `${colors.bold(name)} (${some.length})\n${table(rows, { indent: '  ', right: [2] })}`;
    })
    .join('');
}

export function formatFailure(failure: Failure, now: Date, colors: Colors): string {
  const rows: [string, string | undefined][] = [
    ['failure', failure.id],
    ['function', failure.function ?? failure.functionArn],
    ['trigger', failure.trigger],
    [
      'failed',
      `${failure.failedAt.toISOString()} (${showDuration(now.getTime() - failure.failedAt.getTime())} ago)`,
    ],
    ['error', failure.error === undefined ? undefined : colors.red(failure.error)],
    ['given up', failure.condition],
    ['attempts', failure.attempts === undefined ? undefined : String(failure.attempts)],
    ['record', failure.recordKey],
    ['no retry', failure.obstacle],
  ];
  const known = rows.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[colors.dim(name), value]],
  );
  const event = failure.event ?? failure.message?.body;
  return `${table(known)}${event === undefined ? '' : `\n${pretty(event)}\n`}`;
}

export function formatOutcomes(outcomes: readonly RetryOutcome[], colors: Colors): string {
  const failures = outcomes.map(({ failure }) => failure);
  const marks = {
    succeeded: colors.green('✓ succeeded'),
    failed: colors.red('✗ failed again'),
    skipped: colors.yellow('- skipped'),
  };
  return table(
    outcomes.map(({ failure, outcome, reason }) => [
      marks[outcome],
      colors.cyan(shortId(failure, failures)),
      failure.function ?? '',
      reason === undefined ? '' : shorten(reason),
    ]),
  );
}

export function summary(outcomes: readonly RetryOutcome[]): string {
  const number = (wanted: RetryOutcome['outcome']): number =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  return [
    `${count(number('succeeded'), 'event')} succeeded and removed`,
    ...(number('failed') === 0 ? [] : [`${number('failed')} failed again and kept`]),
    ...(number('skipped') === 0 ? [] : [`${number('skipped')} skipped`]),
  ].join(', ');
}

/** So much of the id as tells it from the others. */
export function shortId({ id }: Failure, all: readonly Failure[]): string {
  let length = SHORT_ID;
  while (
    length < id.length &&
    all.some((other) => other.id !== id && other.id.startsWith(id.slice(0, length)))
  ) {
    length++;
  }
  return id.slice(0, length);
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > LONGEST_ERROR ? `${line.slice(0, LONGEST_ERROR - 1)}…` : line;
}

function eventValue(event: string | undefined): unknown {
  if (event === undefined) {
    return undefined;
  }
  try {
    return JSON.parse(event) as unknown;
  } catch {
    return event;
  }
}

function pretty(event: string): string {
  const value = eventValue(event);
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}
