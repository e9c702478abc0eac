import type { AppModel } from '../../lib/model/app-model';
import { connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import { byId, ofFunction } from '../failures/choose';
import type { Failure } from '../failures/failure';
import { formatOutcomes, outcomeJson, summary } from '../failures/format';
import { withFailures } from '../failures/open-failures';
import { GROUP_FAILED, waitsForGroup } from '../failures/message-group';
import { planOf, removeRetriedElsewhere, retry, RetryOutcome } from '../failures/retry';
import { storeOf } from '../failures/store-of';
import type { Io } from '../io';
import { openApp, text } from '../open-app';
import { count } from '../text/count';
import { UserError } from '../user-error';

/** `failures retry [<id>|--all]`. Exits with 1 if a function failed again. */
export async function failuresRetry(
  { args: [id], options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  checkWhich(id, options);
  const opened = await openApp(options, text(options.app), connect);
  const { model } = opened.app;
  const ids = model.functions.map((fn) => fn.id);
  const outcomes = await io.during('reading the failures', async (tell) =>
    withFailures(
      await storeOf(opened),
      model,
      { io, limit: Infinity },
      async ({ failures }, store, signal) => {
        const of = ofFunction(failures, text(options.function), ids);
        const chosen = id === undefined ? oldestFirst(of) : [byId(of, id)];
        if (options.dryRun === true) {
          return chosen.map((failure) => planned(failure, model));
        }
        const runner = await opened.cloud.functions();
        const done: RetryOutcome[] = [];
        for (const failure of chosen) {
          signal.throwIfAborted();
          tell(`${done.length + 1} of ${chosen.length}: ${failure.function ?? failure.id}`);
          done.push(
            waitsForGroup(failure, done)
              ? { failure, outcome: 'skipped', reason: GROUP_FAILED }
              : await retry(failure, { model, store, runner, signal }),
          );
        }
        await removeRetriedElsewhere(done, store);
        return done;
      },
    ),
  );
  io.out(
    options.json === true
      ? `${JSON.stringify(outcomes.map(outcomeJson), undefined, 2)}\n`
      : formatOutcomes(outcomes, io.colors),
  );
  io.say(
    options.dryRun === true
      ? `${count(outcomes.filter(({ failure }) => typeof planOf(failure, model) !== 'string').length, 'event')} would be retried; nothing was done`
      : summary(outcomes),
  );
  return outcomes.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
}

function checkWhich(id: string | undefined, options: Invocation['options']): void {
  const all = options.all === true || options.function !== undefined;
  if (id === undefined && !all) {
    throw new UserError(
      '`failures retry` needs to know which failures',
      'give an id from `serverless-app failures list`, `--function <id>`, or `--all`',
    );
  }
  if (id !== undefined && options.all === true) {
    throw new UserError('`--all` cannot be combined with an id', 'remove one of them');
  }
}

/** In the order in which they failed. */
function oldestFirst(failures: readonly Failure[]): readonly Failure[] {
  return [...failures].sort((a, b) => a.failedAt.getTime() - b.failedAt.getTime());
}

function planned(failure: Failure, model: AppModel): RetryOutcome {
  const plan = planOf(failure, model);
  const reason = typeof plan === 'string' ? plan : `would run ${plan.arn}`;
  return { failure, outcome: 'skipped', reason };
}
