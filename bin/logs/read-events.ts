import { setTimeout as sleep } from 'node:timers/promises';
import type { AppModel } from '../../lib/model/app-model';
import type { LogEvent, LogReader } from './log-reader';

const POLL_MS = 2000;
/** Lines arrive late and out of order, so each poll reads this much again. */
const OVERLAP_MS = 30_000;

export interface EventsToRead {
  readonly groups: readonly string[];
  readonly from: Date;
  /** With a signal, reading continues until it is aborted. */
  readonly signal?: AbortSignal;
  readonly now: () => Date;
}

/** The log groups of the app, or those of one function. A function may have its own group. */
export function groupsOf(
  { functions, logGroup }: AppModel,
  functionId: string | undefined,
): string[] {
  const wanted = functions.filter(({ id }) => functionId === undefined || id === functionId);
  const groups = [
    ...(functionId === undefined ? [logGroup] : []),
    ...wanted.map((fn) => fn.logGroup ?? logGroup),
  ].map((group): unknown => group?.name);
  return [...new Set(groups)].filter((name) => typeof name === 'string');
}

/** Each event once, in chronological order within one poll. */
export async function* readEvents(
  reader: LogReader,
  { groups, from, signal, now }: EventsToRead,
): AsyncIterable<LogEvent> {
  const seen = new Map<string, number>();
  let start = from;
  for (;;) {
    const asked = now();
    for await (const page of readOnce(reader, groups, start)) {
      for (const event of page) {
        if (!seen.has(event.id)) {
          seen.set(event.id, event.at.getTime());
          yield event;
        }
      }
      if (signal?.aborted === true) {
        return;
      }
    }
    if (signal === undefined) {
      return;
    }
    // A line that arrives later may still be older than the lines that have arrived.
    start = new Date(Math.max(from.getTime(), asked.getTime() - OVERLAP_MS));
    for (const [id, at] of seen) {
      if (at < start.getTime()) {
        seen.delete(id);
      }
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) {
      return;
    }
  }
}

/** One group page by page; several as one page, since their lines must be put in order. */
async function* readOnce(
  reader: LogReader,
  groups: readonly string[],
  from: Date,
): AsyncIterable<readonly LogEvent[]> {
  const [only, ...others] = groups;
  if (only !== undefined && others.length === 0) {
    yield* reader.read(only, { from });
    return;
  }
  const all: LogEvent[] = [];
  for (const group of groups) {
    for await (const page of reader.read(group, { from })) {
      all.push(...page);
    }
  }
  yield all.sort((a, b) => a.at.getTime() - b.at.getTime());
}
