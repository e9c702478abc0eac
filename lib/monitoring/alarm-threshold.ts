import { Duration, Token } from 'aws-cdk-lib';
import { isWithin, PropCheck, unquoted } from '../props/prop-check';
import { checkProp } from '../props/check-props';
import { number } from '../props/kinds';

/** What a threshold is measured in. */
export enum ThresholdUnit {
  /** A number of things. */
  COUNT = 'count',

  /** A share of all. */
  PERCENT = 'percent',

  /** A time. */
  DURATION = 'duration',

  /** Money, in US dollars an hour. */
  DOLLARS_PER_HOUR = 'dollarsPerHour',
}

/**
 * From where on an alarm is raised, in the unit of what it watches: a number of things, a share, a time, or money. Each alarm takes
 * one unit; a threshold of another one is an error.
 */
export class AlarmThreshold {
  /**
   * A number of things; the alarm is raised above it.
   *
   * @param count whole, from 0
   */
  public static count(count: number): AlarmThreshold {
    const check = checkFactory('count');
    checkProp(count, 'count', number().required(), check);
    check.integer('count', count, { min: 0, unit: 'things' });
    return new AlarmThreshold(ThresholdUnit.COUNT, count);
  }

  /**
   * A share; the alarm is raised above it.
   *
   * @param percent from 0 to below 100
   */
  public static percent(percent: number): AlarmThreshold {
    if (Token.isUnresolved(percent) || !isWithin(percent, 0, 100) || percent === 100) {
      // A token cannot be divided by 100, which some metrics need.
      throw checkFactory('percent').error(
        'percent',
        'must be a number from 0 to below 100, known at synthesis',
        Token.isUnresolved(percent) ? unquoted('a token') : percent,
        'write 5 for 5 %',
      );
    }
    return new AlarmThreshold(ThresholdUnit.PERCENT, percent);
  }

  /**
   * A time; the alarm is raised above it.
   *
   * @param duration longer than nothing; one that is known only at deployment must be `Duration.millis(…)`
   */
  public static duration(duration: Duration): AlarmThreshold {
    const check = checkFactory('duration');
    check.requireDuration('duration', duration);
    if (duration.isUnresolved() && duration.unitLabel() !== 'millis') {
      throw check.error(
        'duration',
        'must be in milliseconds where only the deployment knows it',
        unquoted(`a token of ${duration.unitLabel()}`),
        'write `Duration.millis(token)`',
      );
    }
    const milliseconds = duration.toMilliseconds({ integral: false }); // an alarm compares fractions, too
    if (!Token.isUnresolved(milliseconds) && !(milliseconds > 0)) {
      const got = unquoted(`${milliseconds} ms`);
      throw check.error('duration', 'must be longer than nothing', got, 'give a longer one');
    }
    return new AlarmThreshold(ThresholdUnit.DURATION, milliseconds);
  }

  /**
   * Money, in US dollars an hour; the alarm is raised above it.
   *
   * @param usd above 0
   */
  public static dollarsPerHour(usd: number): AlarmThreshold {
    if (!Token.isUnresolved(usd) && !(usd > 0 && Number.isFinite(usd))) {
      throw checkFactory('dollarsPerHour').error(
        'usd',
        'must be a number above 0',
        usd,
        'write 0.5 for 50 cents an hour',
      );
    }
    return new AlarmThreshold(ThresholdUnit.DOLLARS_PER_HOUR, usd);
  }

  private constructor(
    /** What it is measured in. */
    public readonly unit: ThresholdUnit,
    /** How much, in the unit; of a time, milliseconds. */
    public readonly value: number,
  ) {}
}

function checkFactory(factory: string): PropCheck {
  return new PropCheck(`AlarmThreshold.${factory}`, '');
}
