import { Token } from 'aws-cdk-lib';
import { PropCheck, unquoted } from '../../props/prop-check';
import { LONG_LOOK_BACK_SECONDS, LOOK_BACK_SECONDS } from './alarm-rules';
import { LongestGap, NotWatched } from './longest-gap';

const FIVE_MINUTES = 300;
const HOUR = 3600;
const DAY = 86_400;

/** The longest window of an alarm, minus the current period. */
const LONGEST_WINDOW = LONG_LOOK_BACK_SECONDS - HOUR;

/** Why no alarm can notice a missed run; undefined if one can, or if none is needed. */
export function reasonAgainst(longest: LongestGap | NotWatched | undefined): string | undefined {
  if (longest === 'otherTriggers') {
    return (
      'the function has other triggers, and Lambda counts all its runs together. ' +
      'Give the schedule its own function. A failed run goes to the failure queue, and `FailuresWaiting` fires'
    );
  }
  if (longest === 'unknown') {
    return 'its schedule is known only at deployment';
  }
  if (longest !== undefined && longest.window > LONGEST_WINDOW) {
    return (
      `it runs up to ${Math.ceil(longest.gap / DAY)} days apart, and an alarm looks back 7 days at most. ` +
      'A failed run goes to the failure queue, and `FailuresWaiting` fires'
    );
  }
  return undefined;
}

/** Rejects a window, in milliseconds, that need not contain a run, or that is longer than an alarm can evaluate. */
export function checkWindow(milliseconds: number, gap: number, check: PropCheck): void {
  const remedy = `use a duration above the schedule’s longest gap, ${formatTime(gap)}, or leave it out for the default`;
  if (Token.isUnresolved(milliseconds)) {
    throw check.error('threshold', 'must be known at synthesis', unquoted('a token'), remedy);
  }
  const seconds = milliseconds / 1000;
  if (seconds <= gap || seconds > LONGEST_WINDOW) {
    throw check.error(
      'threshold',
      `must be above ${formatTime(gap)}, and ${formatTime(LONGEST_WINDOW)} at most`,
      unquoted(formatTime(seconds)),
      remedy,
    );
  }
}

/** The periods that cover a window, in seconds: short ones if the alarm can evaluate that far back. */
export function periodsOf(window: number): { readonly period: number; readonly count: number } {
  const period = window + FIVE_MINUTES <= LOOK_BACK_SECONDS ? FIVE_MINUTES : HOUR;
  return { period, count: Math.ceil(window / period) + 1 }; // The first and the last period are partial.
}

/** `90 minutes`, `24.2 hours`. */
export function formatTime(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Number((minutes / 60).toFixed(1))} hours`;
}
