import { formatValue } from '../model/format-value';
import { eventsAMonth } from '../schedule/events-a-month';
import { partOf, SAMPLE_ACCOUNT, SAMPLE_REGION, SAMPLE_TIME } from './event-values';
import { TriggerKind } from './trigger-kind';

/** An EventBridge Scheduler schedule. The source is the expression: `cron(0 2 * * ? *)`. */
export const SCHEDULE_KIND: TriggerKind = {
  kind: 'schedule',
  invocation: 'asynchronous',
  describe: ({ source, details }) =>
    [
      formatValue(source),
      formatValue(details['timeZone']),
      details['enabled'] === false ? '(off)' : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  localDifference: ({ details }) =>
    details['timeWindowSeconds'] === undefined
      ? undefined
      : 'run at the exact time, not within their flexible time window',
  drawing: { icon: 'clock' },
  /** Only for a schedule that is known only at deployment; the events of all others are counted. */
  monthlyEvents: { low: 10_000, moderate: 100_000, high: 1_000_000 },
  durationMs: 10_000,
  billItems: ({ events }) => [{ price: 'eventBridge.schedulerInvocations', quantity: events }],
  failsTo: () => ({ to: 'failureQueue' }),
  clock: { eventsAMonth: ({ source }) => eventsAMonth(source) },
  sampleEvent: () => ({
    version: '0',
    id: 'sample-event',
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: SAMPLE_ACCOUNT,
    time: SAMPLE_TIME,
    region: SAMPLE_REGION,
    resources: [`arn:aws:scheduler:${SAMPLE_REGION}:${SAMPLE_ACCOUNT}:schedule/default/sample`],
    detail: '{}',
  }),
  recognizes: (event) => partOf(event, 'source') === 'aws.scheduler',
  fits: () => true,
};
