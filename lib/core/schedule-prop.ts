import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { instance } from '../props/kinds';

/** When something runs. What the expression says is checked by schedule-rules.ts. */
export const SCHEDULE = instance<ScheduleExpression>(
  'a ScheduleExpression',
  'write for example `ScheduleExpression.rate(Duration.hours(1))`',
  'expressionString',
).required();
