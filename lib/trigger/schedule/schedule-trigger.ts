import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { acceptOptions } from '../../core/accept-options';
import { IAppFunction, ITrigger, InvocationType, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { SCHEDULE } from '../../core/schedule-prop';
import { checkProp } from '../../props/check-props';
import { addSchedule } from './add-schedule';
import { SCHEDULE_TRIGGER_PROPS, ScheduleTriggerOptions } from './schedule-options';
import { Schedules } from './schedules';

/**
 * A schedule; see `Trigger.schedule`.
 *
 * @internal
 */
export class ScheduleTrigger implements ITrigger {
  constructor(
    private readonly schedule: scheduler.ScheduleExpression,
    private readonly options: ScheduleTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { check } = FunctionContext.of(fn);
    checkProp(this.schedule, 'schedule', SCHEDULE, check);
    const options = acceptOptions(fn, this.options, SCHEDULE_TRIGGER_PROPS);
    const listener = {
      scope: fn as unknown as Construct,
      check,
      arn: fn.target.functionArn,
      role: () => Schedules.of(fn).roleFor(fn, options.scheduleGroup),
    };
    return {
      kind: 'schedule',
      invocation: InvocationType.ASYNCHRONOUS,
      ...addSchedule(listener, this.schedule, options),
    };
  }
}
