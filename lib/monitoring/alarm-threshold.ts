import { Duration, Token } from 'aws-cdk-lib';
import { isWithin, PropCheck, unquoted } from '../props/prop-check';
import { checkProp } from '../props/check-props';
import { number } from '../props/kinds';

/** The unit of a threshold. */
export enum ThresholdUnit {
  /** A count. */
  COUNT = 'count',

  /** A share of a total. */
  PERCENT = 'percent',

  /** A duration. */
  DURATION = 'duration',

  /** Money, in US dollars an hour. */
  DOLLARS_PER_HOUR = 'dollarsPerHour',
}

/**
 * The value above which an alarm fires, in the unit of its metric: a count, a share, a duration or money. Each alarm accepts one
 * unit; a threshold in another unit is an error.
 */
export class AlarmThreshold {
  /**
   * A count. The alarm fires above it.
   *
   * @param count a whole number, at least 0
   */
  public static count(count: number): AlarmThreshold {
    const check = checkFactory('count');
    checkProp(count, 'count', number().required(), check);
    check.integer('count', count, { min: 0, unit: 'things' });
    return new AlarmThreshold(ThresholdUnit.COUNT, count);
  }

  /**
   * A share. The alarm fires above it.
   *
   * @param percent at least 0 and below 100
   */
  public static percent(percent: number): AlarmThreshold {
    if (Token.isUnresolved(percent) || !isWithin(percent, 0, 100) || percent === 100) {
      // Some metrics need the threshold divided by 100, which a token does not allow.
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
   * A duration. The alarm fires above it.
   *
   * @param duration above zero; if it is known only at deployment, use `Duration.millis(…)`
   */
  public static duration(duration: Duration): AlarmThreshold {
    const check = checkFactory('duration');
    check.requireDuration('duration', duration);
    if (duration.isUnresolved() && duration.unitLabel() !== 'millis') {
      throw check.error(
        'duration',
        'must be in milliseconds if it is known only at deployment',
        unquoted(`a token of ${duration.unitLabel()}`),
        'write `Duration.millis(token)`',
      );
    }
    const milliseconds = duration.toMilliseconds({ integral: false }); // An alarm also compares fractions.
    if (!Token.isUnresolved(milliseconds) && !(milliseconds > 0)) {
      const got = unquoted(`${milliseconds} ms`);
      throw check.error('duration', 'must be above zero', got, 'use a longer duration');
    }
    return new AlarmThreshold(ThresholdUnit.DURATION, milliseconds);
  }

  /**
   * Money, in US dollars an hour. The alarm fires above it.
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
    /** The unit of the value. */
    public readonly unit: ThresholdUnit,
    /** The value in that unit; for a duration, in milliseconds. */
    public readonly value: number,
  ) {}
}

function checkFactory(factory: string): PropCheck {
  return new PropCheck(`AlarmThreshold.${factory}`, '');
}
