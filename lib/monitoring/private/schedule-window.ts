import { Token } from 'aws-cdk-lib';
import { PropCheck, unquoted } from '../../props/prop-check';
import { LONG_LOOK_BACK_SECONDS, LOOK_BACK_SECONDS } from './alarm-rules';
import { LongestGap, NotWatched } from './longest-gap';

const FIVE_MINUTES = 300;
const HOUR = 3600;
const DAY = 86_400;

/** What an alarm can look back on, less the period that is not over. */
const LONGEST_WINDOW = LONG_LOOK_BACK_SECONDS - HOUR;

/** Why no alarm can tell when a schedule does not run; undefined where one can, or where none is wanted. */
export function reasonAgainst(longest: LongestGap | NotWatched | undefined): string | undefined {
  if (longest === 'otherTriggers') {
    return (
      'other events run the function too, and Lambda counts all its runs together. ' +
      'Give the schedule a function of its own; a run that fails ends in the failure queue, and `FailuresWaiting` tells'
    );
  }
  if (longest === 'unknown') {
    return 'how often it runs is known only at deployment';
  }
  if (longest !== undefined && longest.window > LONGEST_WINDOW) {
    return (
      `it runs up to ${Math.ceil(longest.gap / DAY)} days apart, and an alarm looks back 7 days at most. ` +
      'A run that fails ends in the failure queue, and `FailuresWaiting` tells'
    );
  }
  return undefined;
}

/** Refuses a window, in milliseconds, in which there need be no run, or on which no alarm looks back. */
export function checkWindow(milliseconds: number, gap: number, check: PropCheck): void {
  const remedy = `give a longer one than the schedule’s longest gap, ${formatTime(gap)}, or leave it out for the default`;
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

/** The periods that cover a window, all in seconds: short ones where the alarm may look back so far. */
export function periodsOf(window: number): { readonly period: number; readonly count: number } {
  const period = window + FIVE_MINUTES <= LOOK_BACK_SECONDS ? FIVE_MINUTES : HOUR;
  return { period, count: Math.ceil(window / period) + 1 }; // the first and the last are not whole
}

/** `90 minutes`, `24.2 hours`. */
export function formatTime(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Number((minutes / 60).toFixed(1))} hours`;
}
