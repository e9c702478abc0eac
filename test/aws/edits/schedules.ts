import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { ServerlessApp, Trigger } from 'cdk-serverless-app';
import { always, both, Edit, fine, NIGHTLY, schedule, version } from './edit';

const one = version(schedule('Close'));
const HOURLY = scheduler.ScheduleExpression.rate(Duration.hours(1));
const inGroup = (name: string): ReturnType<typeof version> =>
  version((app: ServerlessApp, stack: Stack) => {
    const scheduleGroup = new scheduler.ScheduleGroup(stack, name, {
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    schedule('Close', { scheduleGroup })(app, stack);
  });

export const SCHEDULE_EDITS: readonly Edit[] = [
  fine('add a schedule', version(always), one),
  fine('remove a schedule, and add it again', one, version(always), one),
  fine('change the expression of a schedule', one, version(schedule('Close', {}, HOURLY))),
  fine('rename the function (or its file) of a schedule', one, version(schedule('Other'))),
  fine(
    'move a schedule to another function',
    version(both(schedule('Close'), (app) => void app.addFunction('Other', { entry: 'other.ts' }))),
    version(
      both(always, (app) => {
        app.addFunction('Close', { entry: 'ok.ts' });
        app.addFunction('Other', { entry: 'other.ts', triggers: [Trigger.schedule(NIGHTLY)] });
      }),
    ),
  ),
  fine(
    'move a schedule to a group (`scheduleGroup`), to another group, and out of it',
    one,
    inGroup('Group'),
    inGroup('Other'),
    one,
  ),
  ...Object.entries({
    retryAttempts: { retryAttempts: 1 },
    maxEventAge: { maxEventAge: Duration.hours(1) },
    input: { input: scheduler.ScheduleTargetInput.fromObject({ a: 1 }) },
    enabled: { enabled: false },
    timeWindow: { timeWindow: scheduler.TimeWindow.flexible(Duration.minutes(5)) },
    retryPolicy: { retryPolicy: { retryAttempts: 3 } },
    start: { start: new Date('2096-01-01') },
    end: { end: new Date('2097-01-01') },
  }).map(([name, options]) =>
    fine(`set and unset \`${name}\` of a schedule`, one, version(schedule('Close', options)), one),
  ),
];
