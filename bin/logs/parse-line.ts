import type { FunctionModel } from '../../lib/model/app-model';
import { asNumber, asText, at, JsonObject, parseJsonObject } from '../json/unknown';
import type { LogEvent } from './log-reader';

/** A line of a log group, written as JSON or as text. */
export interface LogLine {
  readonly at: Date;
  /** The function’s id in the app, or its name if it belongs to another app. */
  readonly function?: string;
  /** A `report` ends an invocation; `platform` lines are Lambda's other lines. */
  readonly kind: 'message' | 'report' | 'platform';
  readonly level?: string;
  readonly requestId?: string;
  readonly text: string;
  /** The other members of a JSON line. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly report?: Report;
}

/** The duration, billing and memory of an invocation. */
export interface Report {
  /** `success`, `failure`, `error` or `timeout`. */
  readonly status: string;
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  /** Only after a cold start. */
  readonly initDurationMs?: number;
}

export function parseLine(event: LogEvent, functions: readonly FunctionModel[]): LogLine {
  const base = { at: event.at, function: functionOf(event, functions) };
  const message = event.message.trimEnd();
  const json = message.startsWith('{') ? parseJsonObject(message) : undefined;
  if (json !== undefined) {
    return { ...base, ...(typeof json.type === 'string' ? platform(json) : application(json)) };
  }
  return { ...base, ...plain(message) };
}

/** By the name of the stream, or by the log group if only one function uses it. */
export function functionOf(
  { stream, group }: Pick<LogEvent, 'stream' | 'group'>,
  functions: readonly FunctionModel[],
): string | undefined {
  const name = /^\d{4}\/\d\d\/\d\d\/(.+?)\[/.exec(stream)?.[1];
  const [only, ...others] = functions.filter((fn) => fn.logGroup?.name === group);
  return (
    functions.find((fn) => fn.name === name)?.id ??
    name ??
    (others.length === 0 ? only?.id : undefined)
  );
}

type Parsed = Omit<LogLine, 'at' | 'function'>;

function platform({ type, record }: JsonObject): Parsed {
  const requestId = asText(at(record, 'requestId'));
  if (type !== 'platform.report') {
    return { kind: 'platform', requestId, text: String(type) };
  }
  const metric = (name: string): number | undefined => asNumber(at(record, 'metrics', name));
  const report = {
    status: asText(at(record, 'status')) ?? 'success',
    durationMs: metric('durationMs') ?? 0,
    billedDurationMs: metric('billedDurationMs') ?? 0,
    memorySizeMb: metric('memorySizeMB') ?? 0,
    maxMemoryUsedMb: metric('maxMemoryUsedMB') ?? 0,
    initDurationMs: metric('initDurationMs'),
  };
  return { kind: 'report', requestId, text: describeReport(report), report };
}

function application(json: JsonObject): Parsed {
  const { timestamp: _at, level, requestId, message, errorType, errorMessage, ...rest } = json;
  const { stackTrace, ...others } = rest;
  const error = [errorType, errorMessage].filter((part) => typeof part === 'string').join(': ');
  const text = [message, error === '' ? undefined : error]
    .filter((part) => part !== undefined)
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)));
  const trace = Array.isArray(stackTrace) ? stackTrace.map(String) : [];
  return {
    kind: 'message',
    level: typeof level === 'string' ? level : error === '' ? undefined : 'ERROR',
    requestId: typeof requestId === 'string' ? requestId : undefined,
    text: [text.join(' '), ...trace].filter((part) => part !== '').join('\n'),
    fields: Object.keys(others).length === 0 ? undefined : others,
  };
}

/** A line in the text format. */
function plain(message: string): Parsed {
  const requestId = /\bRequestId: ([\w-]+)/.exec(message)?.[1];
  if (/^(START|END|INIT_START|INIT_REPORT|EXTENSION)\b/.test(message)) {
    return { kind: 'platform', requestId, text: message };
  }
  if (message.startsWith('REPORT ')) {
    const number = (name: string): number | undefined => {
      const found = new RegExp(`(?:^|\\t)${name}: ([\\d.]+)`).exec(message)?.[1];
      return found === undefined ? undefined : asNumber(Number(found)); // `1.2.3` is not a number.
    };
    const report = {
      status: /\tStatus: (\w+)/.exec(message)?.[1] ?? 'success',
      durationMs: number('Duration') ?? 0,
      billedDurationMs: number('Billed Duration') ?? 0,
      memorySizeMb: number('Memory Size') ?? 0,
      maxMemoryUsedMb: number('Max Memory Used') ?? 0,
      initDurationMs: number('Init Duration'),
    };
    return { kind: 'report', requestId, text: describeReport(report), report };
  }
  const [, id, level, text] =
    /^\d{4}-\d\d-\d\dT[\d:.]+Z\t([\w-]+)\t([A-Z]+)\t([\s\S]*)$/.exec(message) ?? [];
  return text === undefined
    ? { kind: 'message', text: message }
    : { kind: 'message', requestId: id, level, text };
}

function describeReport(report: Report): string {
  const { status, durationMs, billedDurationMs, maxMemoryUsedMb, memorySizeMb } = report;
  const took = `${round(durationMs)} ms`;
  const outcome = status === 'success' ? took : `${status} after ${took}`;
  const memory = memorySizeMb === 0 ? '' : `, ${maxMemoryUsedMb} of ${memorySizeMb} MB`;
  const cold =
    report.initDurationMs === undefined ? '' : `, cold start ${round(report.initDurationMs)} ms`;
  return `${outcome} (billed ${billedDurationMs} ms${memory})${cold}`;
}

function round(milliseconds: number): string {
  return milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toFixed(1);
}
