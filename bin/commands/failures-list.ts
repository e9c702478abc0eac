import { connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import { ofFunction } from '../failures/choose';
import type { Failure } from '../failures/failure';
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
      withFailures(store, model, { io, limit }, (found) => Promise.resolve(found)),
    );
    const failures = ofFunction(open.failures, text(options.function), ids);
    if (options.json === true) {
      const shown = failures.map((failure) => failureJson(failure, io.now()));
      json.push({ app: model.app.path, more: open.more, failures: shown });
    } else {
      io.out(formatList(failures, io.now(), io.colors));
      notes(open, failures).forEach((note) => {
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

/** The notes on standard error. */
export function notes(open: OpenFailures, shown: readonly Failure[]): string[] {
  const own = shown.filter(({ foreign }) => foreign !== true).length;
  const others = shown.length - own;
  return [
    own === 0 ? 'there are no failures' : count(own, 'failure'),
    ...(others > 0 ? [`${others} not this app’s`] : []),
    ...(open.more ? ['there are more: raise --limit'] : []),
    ...(open.hidden > 0
      ? [`${count(open.hidden, 'message')} in use by another command or consumer`]
      : []),
  ];
}
