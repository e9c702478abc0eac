import { connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import { byId } from '../failures/choose';
import { failureJson, formatFailure } from '../failures/format';
import { withFailures } from '../failures/open-failures';
import { storeOf } from '../failures/store-of';
import type { Io } from '../io';
import { openApp, text } from '../open-app';

/** `failures show <id>`. */
export async function failuresShow(
  { args: [id = ''], options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  const opened = await openApp(options, text(options.app), connect);
  const store = await storeOf(opened);
  const failure = await io.during('reading the failures', () =>
    withFailures(store, opened.app.model, { io, limit: Infinity }, ({ failures }) =>
      Promise.resolve(byId(failures, id)),
    ),
  );
  io.out(
    options.json === true
      ? `${JSON.stringify(failureJson(failure, io.now()), undefined, 2)}\n`
      : formatFailure(failure, io.now(), io.colors),
  );
  return 0;
}
