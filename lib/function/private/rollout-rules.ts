import { Duration, Stack, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { requireDistinct } from '../../core/physical-names';
import { PropCheck, words } from '../../props/prop-check';
import { checkShape } from '../../props/shape';
import { Rollout, RolloutOptions, rolloutOptionsOf } from '../rollout';
import { ROLLOUT_SHAPE } from './function-shapes';
import { FunctionContext } from '../../core/function-context';
import type { IAppFunction } from '../../core/contract';

/**
 * From the first shift to the last, and alarms of a deployment group:
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html
 */
const MAX_MINUTES = 2880;
const MAX_ALARMS = 10;

/** Refuses a rollout that CodeDeploy would refuse, or that nothing could bring back. */
export function checkRollout(rollout: Rollout | undefined, fn: IAppFunction): void {
  if (rollout === undefined) {
    return;
  }
  if (!(rollout instanceof Rollout)) {
    throw FunctionContext.of(fn).check.error(
      'rollout',
      'must be a Rollout',
      rollout,
      'write for example `Rollout.canary({ percent: 10, interval: Duration.minutes(5) })`',
    );
  }
  const options = rolloutOptionsOf(rollout);
  if (options !== undefined) {
    checkOptions(rollout.kind, options, fn);
  }
}

function checkOptions(kind: string, options: RolloutOptions, fn: IAppFunction): void {
  const check = FunctionContext.of(fn).check.at('rollout');
  checkShape(options, ROLLOUT_SHAPE, check);
  const { percent, interval, maxErrors, maxLatency, alarms = [], watch = true } = options;
  check.integer('percent', percent, {
    min: 1,
    max: 99,
    unit: 'per cent',
    remedy: 'give a value inside that range; for 100 `Rollout.allAtOnce()`',
  });
  check.duration('interval', interval, {
    min: 60,
    max: MAX_MINUTES * 60,
    remedy: REMEDY,
    tokenUnit: 'minutes',
  });
  checkWholeMinutes(interval, check);
  if (kind === 'linear') {
    checkSum(percent, interval, check);
  }
  check.integer('maxErrors', maxErrors, { min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'errors' });
  check.duration('maxLatency', maxLatency, { min: 1, max: 900, tokenUnit: 'millis' });
  if (!watch && alarms.length === 0) {
    throw check.error(
      'alarms',
      'must have at least one alarm, since without one nothing would bring the old version back',
      words('none'),
      'leave out `watch: false`, or use `Rollout.allAtOnce()`',
    );
  }
  const own = watch ? 2 : 0;
  check.integer('alarms.length', alarms.length, {
    min: 0,
    max: MAX_ALARMS - own,
    unit: 'alarms',
    remedy: 'put several into one composite alarm',
  });
  requireDistinct('alarms', alarms.map(arnOfAlarm), check);
  checkHook('beforeTraffic', options.beforeTraffic, fn, check);
  checkHook('afterTraffic', options.afterTraffic, fn, check);
}

function arnOfAlarm({ alarmArn }: cloudwatch.IAlarm): string {
  return alarmArn;
}

const REMEDY = 'give for example `Duration.minutes(5)`';

function checkWholeMinutes(interval: Duration, check: PropCheck): void {
  if (!interval.isUnresolved() && interval.toSeconds() % 60 !== 0) {
    throw check.error('interval', 'must be whole minutes', words(interval.toHumanString()), REMEDY);
  }
}

/** The last step comes when all steps before it have had their interval. */
function checkSum(percent: number, interval: Duration, check: PropCheck): void {
  if (Token.isUnresolved(percent) || interval.isUnresolved()) {
    return;
  }
  const minutes = (Math.ceil(100 / percent) - 1) * interval.toMinutes();
  if (minutes > MAX_MINUTES) {
    throw check.error(
      'interval',
      `must bring the last step within ${MAX_MINUTES} minutes of the first`,
      words(`${minutes} minutes`),
      'make the steps larger (`percent`) or the interval shorter',
    );
  }
}

function checkHook(
  prop: string,
  hook: IAppFunction | undefined,
  fn: IAppFunction,
  check: PropCheck,
): void {
  if (hook === undefined) {
    return;
  }
  if (hook.app !== fn.app) {
    throw check.error(
      prop,
      'must be a function of the same app, and not this one',
      words(hook.node.path),
      'make it with `addFunction` of this app, before this function',
    );
  }
  if (Stack.of(hook) !== Stack.of(fn)) {
    throw check.error(
      prop,
      'must be in the same shard as the function, whose new version it is told',
      words(`${hook.node.path}, and not ${Stack.of(fn).node.path}`),
      'give the hook another id, which may put it there',
    );
  }
}
