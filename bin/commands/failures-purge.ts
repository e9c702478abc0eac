import { connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import { byId, ofFunction } from '../failures/choose';
import type { Failure } from '../failures/failure';
import { failureJson, formatList } from '../failures/format';
import { withFailures } from '../failures/open-failures';
import { remove } from '../failures/retry';
import { storeOf } from '../failures/store-of';
import type { Io } from '../io';
import { openApp, text } from '../open-app';
import { count } from '../text/count';
import { UserError } from '../user-error';

/** `failures purge [<id>]`. */
export async function failuresPurge(
  { args: [id], options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  const opened = await openApp(options, text(options.app), connect);
  const { model } = opened.app;
  const ids = model.functions.map((fn) => fn.id);
  const reading = { io, limit: Infinity };
  return withFailures(await storeOf(opened), model, reading, async (open, store, signal) => {
    const of = ofFunction(open.failures, text(options.function), ids);
    const chosen = choose(of, id, options.foreign === true);
    const what = count(chosen.length, 'failure');
    if (options.json === true) {
      const shown = chosen.map((failure) => failureJson(failure, io.now()));
      io.out(`${JSON.stringify(shown, undefined, 2)}\n`);
    } else {
      io.out(formatList(chosen, io.now(), io.colors));
    }
    if (chosen.length === 0 || options.dryRun === true) {
      io.say(chosen.length === 0 ? 'nothing to remove' : `${what} would be removed`);
      return 0;
    }
    const sure =
      options.yes === true ||
      (await io.confirm(`Remove ${what} of ${model.app.path} permanently?`));
    if (sure === undefined) {
      throw new UserError(
        'there is no terminal to ask for confirmation',
        'add --yes to remove without confirmation',
      );
    }
    if (!sure) {
      io.say('nothing was removed');
      return 0;
    }
    for (const failure of chosen) {
      signal.throwIfAborted();
      await remove(failure, store);
    }
    io.say(`${what} removed`);
    return 0;
  });
}

/** The app's own failures; others only if the user asks for them. */
function choose(
  failures: readonly Failure[],
  id: string | undefined,
  foreign: boolean,
): readonly Failure[] {
  if (id === undefined) {
    return failures.filter((failure) => foreign || failure.foreign !== true);
  }
  const failure = byId(failures, id);
  if (failure.foreign === true && !foreign) {
    throw new UserError(
      `the failure \`${failure.id}\` is not this app’s (${failure.obstacle ?? 'unknown'})`,
      'add --foreign to remove it anyway',
    );
  }
  return [failure];
}
