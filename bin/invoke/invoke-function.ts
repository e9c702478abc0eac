import type { FunctionModel } from '../../lib/model/app-model';
import { formatSmallDollars } from '../cost/format';
import { aliasArn } from '../failures/function-arn';
import { waitSecondsOf } from '../failures/wait-seconds';
import type { Io } from '../io';
import { formatLine } from '../logs/format-line';
import { parseLine } from '../logs/parse-line';
import type { OpenApp } from '../open-app';
import { placeOf } from '../resolve';
import { callCost, reportIn } from './call-cost';

export interface InvokeOptions {
  readonly event: string;
  /** Show the log. */
  readonly tail: boolean;
  /** Whether the app is deployed to AWS, where a call costs something. */
  readonly costs: boolean;
}

/** Runs a function on an event, through its alias, and shows the result. Exits with 1 if the function fails. */
export async function invokeFunction(
  { app, cloud }: OpenApp,
  fn: FunctionModel,
  { event, tail, costs }: InvokeOptions,
  io: Io,
): Promise<number> {
  const { partition } = placeOf(app.stack);
  const seconds = waitSecondsOf(fn);
  const arn = aliasArn(fn, partition, app.model);
  const runner = await cloud.functions();
  const started = io.now().getTime();
  const {
    response,
    error,
    log = '',
  } = await io.during(`${fn.id} runs`, () => runner.invoke(arn, event, seconds));
  if (tail) {
    for (const message of log.split('\n').filter((line) => line.trim() !== '')) {
      const at = io.now();
      const line = parseLine({ id: '', at, stream: '', group: '', message }, [fn]);
      io.say(formatLine({ ...line, function: fn.id }, fn.id.length, io.colors).trimEnd());
    }
  }
  const report = reportIn(log, fn);
  const took = `${io.now().getTime() - started} ms including the network`;
  const cost =
    report === undefined || !costs
      ? ''
      : `, billed ${report.billedDurationMs} ms, ${formatSmallDollars(callCost(fn, report, app.region))}`;
  io.say(
    error === undefined
      ? `${fn.id} succeeded (${took}${cost})`
      : `${fn.id} failed (${took}${cost}): ${error}`,
  );
  io.out(`${response}\n`);
  return error === undefined ? 0 : 1;
}
