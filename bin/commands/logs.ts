import { setTimeout as sleep } from 'node:timers/promises';
import { connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import type { Io } from '../io';
import { formatLine, lineJson } from '../logs/format-line';
import type { LogEvent, LogReader } from '../logs/log-reader';
import { parseLine } from '../logs/parse-line';
import { nearest } from '../nearest';
import { openApp, text } from '../open-app';
import { parseDuration } from '../text/duration';
import { UserError } from '../user-error';

const POLL_MS = 2000;
/** Lines reach the log group late and out of order: so far back each look goes again. */
const OVERLAP_MS = 30_000;

/** `logs [function]`. */
export async function logs(
  { args: [name], options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  const since = parseDuration('--since', String(options.since));
  const { app, cloud } = await openApp(options, text(options.app), connect);
  const { functions, logGroup } = app.model;
  const ids = functions.map(({ id }) => id);
  if (name !== undefined && !ids.includes(name)) {
    throw new UserError(`there is no function \`${name}\``, nearest(name, ids));
  }
  if (typeof logGroup?.name !== 'string') {
    throw new UserError(
      'the app has no log group',
      'deploy what was synthesized: `npx cdk deploy`',
    );
  }
  const width = Math.max(0, ...ids.map((id) => id.length));
  const follow = options.follow === true;
  const from = new Date(io.now().getTime() - since);
  const stopped = new AbortController();
  if (follow) {
    process.once('SIGINT', () => {
      stopped.abort();
    });
  }
  let shown = 0;
  const reader = await cloud.logs();
  const events = readEvents(reader, logGroup.name, from, follow ? stopped.signal : undefined, io);
  for await (const event of events) {
    const line = parseLine(event, functions);
    const wanted = name === undefined || line.function === name;
    if (!wanted || (line.kind === 'platform' && options.all !== true)) {
      continue;
    }
    shown++;
    io.out(
      options.json === true
        ? `${JSON.stringify(lineJson(line))}\n`
        : formatLine(line, width, io.colors),
    );
  }
  if (shown === 0) {
    io.say(`no lines since ${from.toISOString()}; look further back with --since`);
  }
  return 0;
}

/** Until now; with a signal, on and on until it is aborted. */
async function* readEvents(
  reader: LogReader,
  group: string,
  from: Date,
  signal: AbortSignal | undefined,
  io: Io,
): AsyncIterable<LogEvent> {
  const seen = new Map<string, number>();
  let start = from;
  for (;;) {
    const asked = io.now();
    for await (const page of reader.read(group, { from: start })) {
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
    // What comes later may still be older than what has come.
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
