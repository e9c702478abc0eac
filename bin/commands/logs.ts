import { connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import type { Io } from '../io';
import { formatLine, lineJson } from '../logs/format-line';
import { parseLine } from '../logs/parse-line';
import { groupsOf, readEvents } from '../logs/read-events';
import { nearestName } from '../nearest';
import { openApp, text } from '../open-app';
import { parseDuration } from '../text/duration';
import { UserError } from '../user-error';

/** `logs [function]`. */
export async function logs(
  { args: [name], options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  const since = parseDuration('--since', String(options.since));
  const { app, cloud } = await openApp(options, text(options.app), connect);
  const { functions } = app.model;
  const ids = functions.map(({ id }) => id);
  if (name !== undefined && !ids.includes(name)) {
    throw new UserError(`there is no function \`${name}\``, nearestName(name, ids));
  }
  const groups = groupsOf(app.model, name);
  if (groups.length === 0) {
    throw new UserError('the app has no log group', 'deploy it: `npx cdk deploy`');
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
  const signal = follow ? stopped.signal : undefined;
  const events = readEvents(reader, { groups, from, signal, now: () => io.now() });
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
