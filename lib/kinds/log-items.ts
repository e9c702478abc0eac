import { LogGroupModel } from '../model/app-model';
import { DAYS_A_MONTH } from '../schedule/month';
import { resolvedNumber } from '../model/resolved';
import { KindBillItem } from './trigger-kind';

export const GB = 1024 ** 3;

/** The size of a stored log after compression, as a share of its original size. https://aws.amazon.com/cloudwatch/pricing/ */
export const KEPT_LOG_SHARE = 0.15;

/** The assumed retention of logs and failed events if it is unknown or unlimited. */
export const UNKNOWN_RETENTION_DAYS = 365;

/** Logs cost money when they are written and while they are stored. The stored amount is that of a log that no longer grows. */
export function logItems(logGroup: LogGroupModel | undefined, bytes: number): KindBillItem[] {
  const gigabytes = bytes / GB;
  const resource = logGroup?.id;
  return [
    { price: 'cloudWatch.logsIngestion', resource, quantity: gigabytes },
    {
      price: 'cloudWatch.logsStorage',
      resource,
      quantity: gigabytes * KEPT_LOG_SHARE * monthsKept(logGroup?.retentionDays),
    },
  ];
}

/** How many months' worth of data is stored at any time. */
export function monthsKept(retentionDays: number | undefined): number {
  const days = resolvedNumber(retentionDays) ?? 0;
  return (days === 0 ? UNKNOWN_RETENTION_DAYS : days) / DAYS_A_MONTH;
}
