import type { Colors } from '../io';
import { count } from '../text/count';
import { indentJson } from '../json/source-text';
import { parseJson } from '../json/unknown';
import { formatDuration } from '../text/duration';
import { printable } from '../text/printable';
import { table } from '../text/table';
import type { Failure } from './failure';
import type { RetryOutcome } from './retry';

const SHORT_ID = 8;
const LONGEST_ERROR = 80;

/** The form of a failure in `--json` (schema/cli/failures.schema.json). */
export function failureJson(failure: Failure, now: Date): object {
  const { messages, failedAt, event, recordText, ...plain } = failure;
  const value = event === undefined ? undefined : parseJson(event);
  return {
    ...plain,
    failedAt: failedAt.toISOString(),
    ageSeconds: Math.max(0, Math.round((now.getTime() - failedAt.getTime()) / 1000)),
    ...(event === undefined
      ? { body: recordText ?? messages[0]?.body }
      : { event: value === undefined ? event : value, eventText: event }),
  };
}

export function outcomeJson({ failure, outcome, reason }: RetryOutcome): object {
  return { id: failure.id, function: failure.function, kind: failure.kind, outcome, reason };
}

/** Failures by function and trigger, with those of other apps at the end. */
export function formatList(failures: readonly Failure[], now: Date, colors: Colors): string {
  const groups = new Map<string, Failure[]>();
  const own = failures.filter(({ foreign }) => foreign !== true);
  const others = failures.filter(({ foreign }) => foreign === true);
  for (const failure of [...own, ...others]) {
    const name = groupOf(failure);
    groups.set(name, [...(groups.get(name) ?? []), failure]);
  }
  return [...groups]
    .map(([name, some]) => {
      const rows = some.map((failure) => [
        colors.cyan(printable(shortId(failure, failures))),
        failure.kind,
        `${formatDuration(now.getTime() - failure.failedAt.getTime())} ago`,
        colors.red(shorten(textOf(failure))),
      ]);
      return `${colors.bold(printable(name))} (${some.length})\n${table(rows, { indent: '  ', right: [2] })}`;
    })
    .join('');
}

function groupOf({ foreign, function: fn, trigger }: Failure): string {
  if (foreign === true) {
    return 'not this app’s';
  }
  return `${fn ?? 'of unknown functions'}${trigger === undefined ? '' : ` · ${trigger}`}`;
}

/** For another app's failure, the origin matters more than the error. */
function textOf({ foreign, obstacle, error, condition }: Failure): string {
  return (foreign === true ? obstacle : undefined) ?? error ?? condition ?? '';
}

export function formatFailure(failure: Failure, now: Date, colors: Colors): string {
  const rows: [string, string | undefined][] = [
    ['failure', failure.id],
    ['function', failure.function ?? failure.functionArn],
    ['trigger', failure.trigger],
    [
      'failed',
      `${failure.failedAt.toISOString()} (${formatDuration(now.getTime() - failure.failedAt.getTime())} ago)`,
    ],
    ['error', failure.error],
    ['given up', failure.condition],
    ['attempts', failure.attempts === undefined ? undefined : String(failure.attempts)],
    ['record', failure.recordKey],
    ['no retry', failure.obstacle],
    ['belongs', failure.foreign === true ? 'not to this app' : undefined],
  ];
  const known = rows.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[colors.dim(name), paint(name, value, colors)]],
  );
  const event = failure.event ?? failure.recordText ?? failure.messages[0]?.body;
  return `${table(known)}${event === undefined ? '' : `\n${printable(pretty(event))}\n`}`;
}

function paint(name: string, value: string, colors: Colors): string {
  return name === 'error' ? colors.red(printable(value)) : printable(value);
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
      colors.cyan(printable(shortId(failure, failures))),
      printable(failure.function ?? ''),
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

/** The shortest beginning of the id that distinguishes it from the others. */
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
  return printable(line.length > LONGEST_ERROR ? `${line.slice(0, LONGEST_ERROR - 1)}…` : line);
}

function pretty(event: string): string {
  const value = parseJson(event);
  return typeof value === 'object' && value !== null ? indentJson(event) : event;
}
