import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { AppUsageFacts, LevelFacts, UsageFacts } from '../model/app-model';
import { LEVELS } from '../cost/app-estimate';
import { AppUsage, FunctionUsage, UsageAmounts } from './usage';
import { withoutUndefined } from '../props/options';
import { PropCheck, words } from '../props/prop-check';

const LONGEST_MS = 900_000;

const FUNCTION_PARTS: ReadonlyArray<keyof FunctionUsage> = [
  'monthlyEvents',
  'duration',
  'readsPerEvent',
  'writesPerEvent',
  'itemSize',
  'responseSize',
  'logSize',
];
const APP_PARTS: ReadonlyArray<keyof AppUsage> = [
  ...FUNCTION_PARTS,
  'tableGigabytes',
  'bucketGigabytes',
];

/** What a user expects of a function, checked and as plain numbers. */
export function usageFacts(
  usage: FunctionUsage | undefined,
  check: PropCheck,
): UsageFacts | undefined {
  if (usage === undefined) {
    return undefined;
  }
  requireKnownParts(usage, FUNCTION_PARTS, check);
  return functionFacts(usage, check);
}

/** The same of an app as a whole. */
export function appUsageFacts(
  usage: AppUsage | undefined,
  check: PropCheck,
): AppUsageFacts | undefined {
  if (usage === undefined) {
    return undefined;
  }
  requireKnownParts(usage, APP_PARTS, check);
  return withoutUndefined<AppUsageFacts>({
    ...functionFacts(usage, check),
    tableGigabytes: levelFacts(usage.tableGigabytes, check.at('tableGigabytes')),
    bucketGigabytes: levelFacts(usage.bucketGigabytes, check.at('bucketGigabytes')),
  });
}

/** Amounts at the three levels, which do not fall from one to the next. */
export function levelFacts(
  amounts: UsageAmounts | undefined,
  check: PropCheck,
): LevelFacts | undefined {
  if (amounts === undefined) {
    return undefined;
  }
  if (!isStruct(amounts)) {
    throw check.error(
      '',
      'must say at which usage level',
      amounts,
      `write \`{ moderate: ${typeof amounts === 'number' ? String(amounts) : '500_000'} }\`; the other levels follow from it`,
    );
  }
  requireKnownParts(amounts, LEVELS, check);
  const given = LEVELS.filter((level) => amounts[level] !== undefined);
  given.forEach((level, i) => {
    requireAmount(level, amounts[level], check);
    const below = given[i - 1];
    if (below !== undefined && Number(amounts[below]) > Number(amounts[level])) {
      throw check.error(
        level,
        `must not be below \`${below}\`, ${String(amounts[below])}`,
        amounts[level],
        'exchange them',
      );
    }
  });
  return withoutUndefined({ low: amounts.low, moderate: amounts.moderate, high: amounts.high });
}

function functionFacts(usage: FunctionUsage, check: PropCheck): UsageFacts {
  requireAmount('readsPerEvent', usage.readsPerEvent, check);
  requireAmount('writesPerEvent', usage.writesPerEvent, check);
  return withoutUndefined<UsageFacts>({
    monthlyEvents: levelFacts(usage.monthlyEvents, check.at('monthlyEvents')),
    durationMs: durationMs(usage, check),
    readsPerEvent: usage.readsPerEvent,
    writesPerEvent: usage.writesPerEvent,
    itemBytes: bytesOf('itemSize', usage.itemSize, check),
    responseBytes: bytesOf('responseSize', usage.responseSize, check),
    logBytes: bytesOf('logSize', usage.logSize, check),
  });
}

/** A name that is none would be passed over, and the estimate would look as if it had been heard. */
function requireKnownParts(given: object, parts: readonly string[], check: PropCheck): void {
  if (!isStruct(given)) {
    throw check.error('', 'must be an object with what you expect', given, 'write `{ … }`');
  }
  const unknown = Object.keys(given).find((name) => !parts.includes(name));
  if (unknown !== undefined) {
    throw check.error('', `must have no part but ${parts.join(', ')}`, unknown, 'correct the name');
  }
}

/** The compiler says so too, but not to JavaScript. */
function isStruct(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function requireAmount(prop: string, value: number | undefined, check: PropCheck): void {
  if (
    value !== undefined &&
    (typeof value !== 'number' || Token.isUnresolved(value) || !(value >= 0 && value < Infinity))
  ) {
    throw check.error(
      prop,
      'must be a known number, not below 0',
      Token.isUnresolved(value) ? words('a token') : value,
      'give what you expect, or leave it out for the default',
    );
  }
}

function durationMs({ duration }: FunctionUsage, check: PropCheck): number | undefined {
  if (duration === undefined) {
    return undefined;
  }
  check.requireDuration('duration', duration);
  if (duration.isUnresolved()) {
    return undefined;
  }
  const milliseconds = duration.toMilliseconds({ integral: false });
  if (milliseconds <= 0 || milliseconds > LONGEST_MS) {
    throw check.error(
      'duration',
      'must be above 0 and at most 15 minutes',
      words(`${milliseconds} ms`),
      'give what an invocation is billed for on average',
    );
  }
  return milliseconds;
}

function bytesOf(prop: string, size: Size | undefined, check: PropCheck): number | undefined {
  if (size === undefined) {
    return undefined;
  }
  if (typeof (size as Partial<Size> | null)?.toBytes !== 'function') {
    throw check.error(prop, 'must be a Size', size, 'write for example `Size.kibibytes(4)`');
  }
  return size.isUnresolved() ? undefined : size.toBytes({ rounding: SizeRoundingBehavior.NONE });
}
