import { Duration, Stack, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ROLLOUT_DEFAULTS } from '../../core/defaults';
import { requireDistinct } from '../../core/physical-names';
import { PropCheck, unquoted } from '../../props/prop-check';
import { Rollout, RolloutOptions, rolloutOptionsOf } from '../rollout';
import { FunctionContext } from '../../core/function-context';
import type { IAppFunction } from '../../core/contract';
import { checkProps } from '../../props/check-props';
import { INTERVAL_REMEDY, MAX_ROLLOUT_MINUTES, ROLLOUT_PROPS } from './rollout-prop-set';

/** The limit of a deployment group: https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html */
const MAX_ALARMS = 10;

/** Rejects a rollout that CodeDeploy would reject, or that nothing could roll back. */
export function checkRollout(rollout: Rollout | undefined, fn: IAppFunction): void {
  if (rollout === undefined) {
    return;
  }
  const options = rolloutOptionsOf(rollout);
  if (options !== undefined) {
    checkOptions(rollout.kind, options, fn);
  }
}

function checkOptions(kind: string, options: RolloutOptions, fn: IAppFunction): void {
  const check = FunctionContext.of(fn).check.at('rollout');
  checkProps(options, ROLLOUT_PROPS, check);
  const { percent, interval, alarms = [], watch = ROLLOUT_DEFAULTS.watch } = options;
  checkWholeMinutes(interval, check);
  if (kind === 'linear') {
    checkSum(percent, interval, check);
  }
  if (!watch && alarms.length === 0) {
    throw check.error(
      'alarms',
      'must have at least one alarm, because without one nothing would roll back',
      unquoted('none'),
      'leave out `watch: false`, or use `Rollout.allAtOnce()`',
    );
  }
  const own = watch ? 2 : 0;
  check.integer('alarms.length', alarms.length, {
    min: 0,
    max: MAX_ALARMS - own,
    unit: 'alarms',
    remedy: 'combine several in one composite alarm',
  });
  requireDistinct('alarms', alarms.map(arnOfAlarm), check);
  checkHook('beforeTraffic', options.beforeTraffic, fn, check);
  checkHook('afterTraffic', options.afterTraffic, fn, check);
}

function arnOfAlarm({ alarmArn }: cloudwatch.IAlarm): string {
  return alarmArn;
}

function checkWholeMinutes(interval: Duration, check: PropCheck): void {
  if (!interval.isUnresolved() && interval.toSeconds() % 60 !== 0) {
    throw check.error(
      'interval',
      'must be whole minutes',
      unquoted(interval.toHumanString()),
      INTERVAL_REMEDY,
    );
  }
}

/** The last step starts after the intervals of all steps before it. */
function checkSum(percent: number, interval: Duration, check: PropCheck): void {
  if (Token.isUnresolved(percent) || interval.isUnresolved()) {
    return;
  }
  const minutes = (Math.ceil(100 / percent) - 1) * interval.toMinutes();
  if (minutes > MAX_ROLLOUT_MINUTES) {
    throw check.error(
      'interval',
      `must let the last step start within ${MAX_ROLLOUT_MINUTES} minutes after the first`,
      unquoted(`${minutes} minutes`),
      'increase `percent`, or shorten the interval',
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
      'must be another function of the same app',
      unquoted(hook.node.path),
      'create it with `addFunction` of this app, before this function',
    );
  }
  if (Stack.of(hook) !== Stack.of(fn)) {
    throw check.error(
      prop,
      'must be in the same shard as the function, whose version it refers to',
      unquoted(`${hook.node.path}, and not ${Stack.of(fn).node.path}`),
      'give the hook another id, which can move it to that shard',
    );
  }
}
