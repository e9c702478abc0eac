import { connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import { ofFunction } from '../failures/choose';
import { failureJson, formatList } from '../failures/format';
import { OpenFailures, withFailures } from '../failures/open-failures';
import { storeOf } from '../failures/store-of';
import type { Io } from '../io';
import { openApps, text } from '../open-app';
import { count } from '../text/count';
import { UserError } from '../user-error';

/** `failures list`. */
export async function failuresList(
  { options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  const limit = parseLimit(String(options.limit));
  const opened = await openApps(options, text(options.app), connect);
  const json: object[] = [];
  for (const one of opened) {
    const { model } = one.app;
    const store = await storeOf(one);
    const ids = model.functions.map(({ id }) => id);
    const open = await io.during(`reading the failures of ${model.app.path}`, () =>
      withFailures(store, model, limit, (found) => Promise.resolve(found)),
    );
    const failures = ofFunction(open.failures, text(options.function), ids);
    if (options.json === true) {
      const shown = failures.map((failure) => failureJson(failure, io.now()));
      json.push({ app: model.app.path, more: open.more, failures: shown });
    } else {
      io.out(formatList(failures, io.now(), io.colors));
      notes(open, failures.length).forEach((note) => {
        io.say(opened.length > 1 ? `${model.app.path}: ${note}` : note);
      });
    }
  }
  if (options.json === true) {
    io.out(`${JSON.stringify(json, undefined, 2)}\n`);
  }
  return 0;
}

function parseLimit(value: string): number {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new UserError(
      `\`--limit\` must be a whole number of at least 1, got \`${value}\``,
      'leave it out for 1000',
    );
  }
  return limit;
}

/** What is said beside the list. */
export function notes(open: OpenFailures, shown: number): string[] {
  return [
    shown === 0 ? 'nothing failed that is still kept' : count(shown, 'failure'),
    ...(open.more ? ['there are more: raise --limit'] : []),
    ...(open.hidden > 0
      ? [`${count(open.hidden, 'message')} being looked at elsewhere just now`]
      : []),
    ...(open.foreign > 0 ? [`${count(open.foreign, 'message')} of other apps left alone`] : []),
  ];
}
