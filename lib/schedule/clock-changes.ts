/** How the clocks of a time zone change, in minutes; all zero if they do not. */
export interface ClockChanges {
  /** The largest change backward: a local day can be that much longer. */
  readonly back: number;
  /** The local times that do not exist on the day of a change forward. */
  readonly skipped: readonly SkippedTime[];
}

export interface SkippedTime {
  /** Within the day, in minutes. */
  readonly from: number;
  readonly length: number;
}

export const MINUTES_A_DAY = 1440;

const MINUTE = 60_000;
/** Shorter than any period of daylight saving time, and than any break in one, such as Morocco's during Ramadan. */
const STEP = 7 * MINUTES_A_DAY * MINUTE;
/** Fixed years, so that a template depends on its input alone. */
const FIRST = Date.UTC(2025, 0, 1);
const LAST = Date.UTC(2028, 0, 1);

/** By time zone. UTC needs no computation. */
const known = new Map<string, ClockChanges>([['UTC', { back: 0, skipped: [] }]]);

/** The clock changes of a time zone, according to the IANA database of this Node.js. */
export function clockChanges(timeZone = 'UTC'): ClockChanges {
  const changes = known.get(timeZone) ?? findChanges(timeZone);
  known.set(timeZone, changes);
  return changes;
}

function findChanges(timeZone: string): ClockChanges {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const offsetAt = (time: number): number => {
    const parts = format.formatToParts(time);
    const number = (type: string): number =>
      Number(parts.find((part) => part.type === type)?.value ?? 0);
    const local = Date.UTC(
      number('year'),
      number('month') - 1,
      number('day'),
      number('hour'),
      number('minute'),
    );
    return (local - time) / MINUTE;
  };
  let back = 0;
  const skipped: SkippedTime[] = [];
  for (let time = FIRST; time < LAST; time += STEP) {
    const before = offsetAt(time);
    const change = offsetAt(time + STEP) - before;
    back = Math.max(back, -change);
    if (change > 0) {
      const moment = firstMinuteWithout(before, offsetAt, time);
      skipped.push({ from: (moment / MINUTE + before) % MINUTES_A_DAY, length: change });
    }
  }
  return { back, skipped };
}

/** The moment within the step after `from` at which the offset changes. */
function firstMinuteWithout(
  offset: number,
  offsetAt: (time: number) => number,
  from: number,
): number {
  let before = from;
  let after = from + STEP;
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (offsetAt(middle) === offset) {
      before = middle;
    } else {
      after = middle;
    }
  }
  return after;
}
