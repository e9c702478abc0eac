import { hasClock } from '../../kinds/trigger-kinds';
import { TriggerModel } from '../../model/app-model';
import { longestGap } from '../../schedule/longest-gap';

/** Lambda retries after one minute and after two: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const WAIT_BETWEEN_ATTEMPTS = 60 + 120;
const ATTEMPTS = 3;
/** The time allowed for Scheduler, which is exact to the minute, and for the metric, which arrives some minutes later. */
const LATENESS = 360;

/** How often a function must run, in seconds. */
export interface LongestGap {
  /** The longest time between two runs. */
  readonly gap: number;
  /** The window that must contain a successful run, including its second and third attempt. */
  readonly window: number;
}

/** Why the alarm is impossible although the function has a schedule. */
export type NotWatched = 'otherTriggers' | 'unknown';

/**
 * Computes how often a function must run according to its schedules. Lambda counts the runs of all of them together, so the most
 * frequent one counts. Undefined if no schedule runs forever: it is disabled, has an end, or is a single point in time.
 */
export function longestGapOf(
  triggers: readonly TriggerModel[],
  timeoutSeconds: number,
): LongestGap | NotWatched | undefined {
  const schedules = triggers.filter((trigger) => hasClock(trigger) && isEndless(trigger));
  if (schedules.length === 0) {
    return undefined;
  }
  if (!triggers.every(hasClock)) {
    return 'otherTriggers';
  }
  const known = schedules.flatMap(({ source, details }) => {
    const { timeZone, timeWindowSeconds } = details;
    if (!isPlain(source) || !isPlain(timeZone)) {
      return [];
    }
    const gap = longestGap(source, timeZone);
    const late = Number(timeWindowSeconds ?? 0);
    return gap === undefined ? [] : [{ gap, late }];
  });
  const [oftenest] = known.sort((a, b) => a.gap + a.late - (b.gap + b.late));
  if (oftenest === undefined) {
    const all = schedules.flatMap(({ source, details }) => [source, details['timeZone']]);
    return all.every(isPlain) ? undefined : 'unknown';
  }
  const { gap, late } = oftenest;
  const window = gap + late + ATTEMPTS * timeoutSeconds + WAIT_BETWEEN_ATTEMPTS + LATENESS;
  return { gap, window };
}

function isEndless({ source, details }: TriggerModel): boolean {
  return details['enabled'] !== false && details['end'] === undefined && !source.startsWith('at(');
}

/** Whether optional text is known at synthesis. */
function isPlain(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && !value.includes('${Token['));
}
