import { Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { AppUsageModel, LevelModel, UsageModel } from '../model/app-model';
import { LEVELS } from '../cost/app-estimate';
import { AppUsage, FunctionUsage, UsageAmounts } from './usage';
import { withoutUndefined } from '../props/options';
import { PropCheck, unquoted } from '../props/prop-check';

const LONGEST_MS = 900_000;

/** The expected usage of a function, checked, as plain numbers. */
export function usageModel(
  usage: FunctionUsage | undefined,
  check: PropCheck,
): UsageModel | undefined {
  if (usage === undefined) {
    return undefined;
  }
  return functionModel(usage, check);
}

/** The expected usage of a whole app, checked, as plain numbers. */
export function appUsageModel(
  usage: AppUsage | undefined,
  check: PropCheck,
): AppUsageModel | undefined {
  if (usage === undefined) {
    return undefined;
  }
  return withoutUndefined<AppUsageModel>({
    ...functionModel(usage, check),
    tableGigabytes: levelModel(usage.tableGigabytes, check.at('tableGigabytes')),
    bucketGigabytes: levelModel(usage.bucketGigabytes, check.at('bucketGigabytes')),
  });
}

/** Amounts at the three levels, each at least as large as the one before. */
export function levelModel(
  amounts: UsageAmounts | undefined,
  check: PropCheck,
): LevelModel | undefined {
  if (amounts === undefined) {
    return undefined;
  }
  const given = LEVELS.filter((level) => amounts[level] !== undefined);
  given.forEach((level, i) => {
    const below = given[i - 1];
    if (below !== undefined && Number(amounts[below]) > Number(amounts[level])) {
      throw check.error(
        level,
        `must not be below \`${below}\`, ${String(amounts[below])}`,
        amounts[level],
        'swap them',
      );
    }
  });
  return withoutUndefined({ low: amounts.low, moderate: amounts.moderate, high: amounts.high });
}

function functionModel(usage: FunctionUsage, check: PropCheck): UsageModel {
  return withoutUndefined<UsageModel>({
    monthlyEvents: levelModel(usage.monthlyEvents, check.at('monthlyEvents')),
    durationMs: durationMs(usage, check),
    readsPerEvent: usage.readsPerEvent,
    writesPerEvent: usage.writesPerEvent,
    itemBytes: bytesOf(usage.itemSize),
    responseBytes: bytesOf(usage.responseSize),
    logBytes: bytesOf(usage.logSize),
    operationsPerEvent: usage.operationsPerEvent,
  });
}

function durationMs({ duration }: FunctionUsage, check: PropCheck): number | undefined {
  if (duration === undefined || duration.isUnresolved()) {
    return undefined;
  }
  const milliseconds = duration.toMilliseconds({ integral: false });
  if (milliseconds <= 0 || milliseconds > LONGEST_MS) {
    throw check.error(
      'duration',
      'must be above 0 and at most 15 minutes',
      unquoted(`${milliseconds} ms`),
      'give the average billed duration of an invocation',
    );
  }
  return milliseconds;
}

function bytesOf(size: Size | undefined): number | undefined {
  return size === undefined || size.isUnresolved()
    ? undefined
    : size.toBytes({ rounding: SizeRoundingBehavior.NONE });
}
