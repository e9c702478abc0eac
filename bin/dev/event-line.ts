import type { FunctionModel } from '../../lib/model/app-model';
import { describeTrigger, triggerOfEvent } from '../../lib/kinds/trigger-kinds';
import { at, parseJson } from '../json/unknown';
import { LogLine, parseLine } from '../logs/parse-line';
import type { Invocation } from './function-process';
import type { Ran } from './function-pool';

/** The lines that an invocation logged, and one line that sums it up. */
export function linesOf(
  fn: FunctionModel,
  invocation: Pick<Invocation, 'event' | 'memoryMb' | 'requestId'>,
  ran: Ran,
  now: Date,
): LogLine[] {
  const written = ran.log.map((message, i) => ({
    ...parseLine({ id: String(i), at: now, stream: '', group: '', message }, []),
    function: fn.id,
  }));
  return [...written, reportOf(fn, invocation, ran, now)];
}

function reportOf(
  fn: FunctionModel,
  { event, memoryMb, requestId }: Pick<Invocation, 'event' | 'memoryMb' | 'requestId'>,
  { outcome, durationMs, initMs }: Ran,
  now: Date,
): LogLine {
  const { error, memoryMb: used = 0, result } = outcome;
  const status =
    error === undefined
      ? 'success'
      : error.errorType === 'Sandbox.Timedout'
        ? 'timeout'
        : 'failure';
  const what = describeEvent(fn, event);
  const answered = at(parseJson(result ?? ''), 'statusCode');
  const code = typeof answered === 'number' ? ` → ${answered}` : '';
  const reason = error === undefined ? '' : `: ${error.errorType}: ${error.errorMessage}`;
  const cold = initMs === undefined ? '' : `, cold start ${initMs} ms`;
  return {
    at: now,
    function: fn.id,
    kind: 'report',
    requestId,
    text: `${what}${code}, ${durationMs} ms, ${used} of ${memoryMb} MB${cold}${reason}`,
    report: {
      status,
      durationMs,
      billedDurationMs: Math.ceil(durationMs),
      memorySizeMb: memoryMb,
      maxMemoryUsedMb: used,
      initDurationMs: initMs,
    },
  };
}

/** `POST /orders`, `3 changes of Orders`. */
export function describeEvent(fn: FunctionModel, event: unknown): string {
  const trigger = triggerOfEvent(fn.triggers, event);
  const records = at(event, 'Records');
  const count = Array.isArray(records) && records.length > 1 ? `${records.length} × ` : '';
  return trigger === undefined ? 'event' : `${count}${describeTrigger(trigger)}`;
}
