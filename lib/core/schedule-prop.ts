import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { instance } from '../props/kinds';

/** A schedule expression. schedule-rules.ts checks its contents. */
export const SCHEDULE = instance<ScheduleExpression>(
  'a ScheduleExpression',
  'write, for example, `ScheduleExpression.rate(Duration.hours(1))`',
  'expressionString',
).required();
