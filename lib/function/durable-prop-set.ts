import type { DurableConfig } from 'aws-cdk-lib/aws-lambda';
import { duration } from '../props/kinds';
import { propsOf } from '../props/prop-set';

const DAY_SECONDS = 86_400;
const MAX_EXECUTION_SECONDS = 366 * DAY_SECONDS;
const MAX_RETENTION_DAYS = 90;

/** https://docs.aws.amazon.com/lambda/latest/api/API_DurableConfig.html */
export const DURABLE_PROPS = propsOf<DurableConfig>('aws-lambda/lib/durable-config#DurableConfig')({
  executionTimeout: duration(1, MAX_EXECUTION_SECONDS).required(),
  retentionPeriod: duration(DAY_SECONDS, MAX_RETENTION_DAYS * DAY_SECONDS, { tokenUnit: 'days' }),
});
