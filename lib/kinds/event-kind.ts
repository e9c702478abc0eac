import { TriggerModel } from '../model/app-model';
import { formatValue, lastPart } from '../model/format-value';
import { isUnresolved } from '../model/resolved';
import { partOf, SAMPLE_ACCOUNT, SAMPLE_REGION, SAMPLE_TIME } from './event-values';
import { allows } from './iam-actions';
import { TriggerKind } from './trigger-kind';

/** EventBridge bills an event for each 64 KB: https://aws.amazon.com/eventbridge/pricing/ */
const EVENT_BYTES = 64 * 1024;

/** The condition key by which IAM limits the events that a function may put. */
export const DETAIL_TYPE_KEY = 'events:detail-type';

/**
 * Events of an EventBridge bus. The source is the construct path of the bus; `details` are `sources` and `detailTypes` of the
 * pattern (absent: any), `ofDefaultBus`, `transformed`, `enabled` and `monthlyEvents`.
 */
export const EVENT_KIND: TriggerKind = {
  kind: 'busEvents',
  invocation: 'asynchronous',
  defaults: {
    part: 'events',
    production:
      'the account’s default bus; 2 more deliveries within 6 h, then the failure queue; patterns are checked',
    reason:
      'EventBridge discards what it cannot deliver unless the rule has a dead-letter queue; a wrong pattern matches nothing, and nobody notices',
  },
  describe: ({ source, details }) => {
    const { sources, detailTypes, ofDefaultBus, enabled } = details;
    const [types, from] = [namesOf(detailTypes), namesOf(sources)];
    return [
      types === '' ? 'events' : types,
      from === '' ? '' : `from ${from}`,
      ofDefaultBus === true ? '' : `on ${lastPart(formatValue(source))}`,
      enabled === false ? '(off)' : '',
    ]
      .filter((part) => part !== '')
      .join(' ');
  },
  drawing: { icon: 'event' },
  monthlyEvents: { low: 10_000, moderate: 100_000, high: 1_000_000 },
  durationMs: 200,
  /** AWS services put their events at no charge, and delivery to a function is free. */
  billItems: ({ trigger, events, itemBytes }) =>
    isOfServices(trigger)
      ? []
      : [
          {
            price: 'eventBridge.events',
            resource: lastPart(trigger.source),
            quantity: events * Math.max(1, Math.ceil(itemBytes / EVENT_BYTES)),
          },
        ],
  failsTo: () => ({ to: 'failureQueue' }),
  passesAnyForm: true,
  detailTypes: ({ details: { detailTypes, transformed } }) =>
    transformed !== true && Array.isArray(detailTypes) ? (detailTypes as unknown[]) : [undefined],
  source: {
    resource: 'eventBus',
    arn: 'eventBusArn',
    /** A pattern selects some of the events that functions put on the bus; how many is unknown. */
    countsWrites: () => false,
    isFiltered: () => true,
    /** EventBridge refuses events of a function whose source begins with `aws.`. */
    listensTo: (trigger) =>
      isOfServices(trigger)
        ? undefined
        : { narrowed: false, events: { detailTypes: knownList(trigger.details.detailTypes) } },
    writesOf: (actions, below, conditions) =>
      below === undefined && allows(actions, 'events:PutEvents')
        ? { events: { detailTypes: detailTypesIn(conditions) } }
        : undefined,
  },
  sampleEvent: ({ details: { sources, detailTypes } }) => ({
    version: '0',
    id: 'sample-event',
    'detail-type': firstOf(detailTypes) ?? 'Sample',
    source: firstOf(sources) ?? 'sample',
    account: SAMPLE_ACCOUNT,
    time: SAMPLE_TIME,
    region: SAMPLE_REGION,
    resources: [],
    detail: {},
  }),
  /** Events from S3 and EventBridge Scheduler have their own kinds. */
  recognizes: (event) => {
    const source = partOf(event, 'source');
    return (
      typeof source === 'string' &&
      typeof partOf(event, 'detail-type') === 'string' &&
      !['aws.s3', 'aws.scheduler'].includes(source)
    );
  },
  fits: (event, { details: { sources, detailTypes, transformed } }) =>
    transformed === true ||
    (mayBe(sources, partOf(event, 'source')) && mayBe(detailTypes, partOf(event, 'detail-type'))),
};

function isOfServices({ details: { ofDefaultBus, sources } }: TriggerModel): boolean {
  return (
    ofDefaultBus === true &&
    Array.isArray(sources) &&
    sources.every((source) => typeof source === 'string' && source.startsWith('aws.'))
  );
}

/** Values of a pattern in words. Matchers (`{ prefix: 'a' }`) appear as `a*` or not at all. */
function namesOf(values: unknown): string {
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  return list
    .map((value) => {
      const prefix = partOf(value, 'prefix');
      return typeof prefix === 'string' ? `${prefix}*` : formatValue(value);
    })
    .join(', ');
}

function firstOf(values: unknown): string | undefined {
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  return list.find((value): value is string => typeof value === 'string');
}

/** The values of a list of plain text; undefined if one of them is unknown. */
function knownList(values: unknown): string[] | undefined {
  return Array.isArray(values) &&
    values.every((value): value is string => typeof value === 'string' && !isUnresolved(value))
    ? values
    : undefined;
}

/** Whether a pattern's values may match a value. */
function mayBe(values: unknown, value: unknown): boolean {
  if (!Array.isArray(values)) {
    return true;
  }
  return values.some((one: unknown) => {
    const prefix = partOf(one, 'prefix');
    return typeof prefix === 'string'
      ? typeof value === 'string' && value.startsWith(prefix)
      : typeof one !== 'string' || isUnresolved(one) || one === value;
  });
}

/** The detail types to which a statement limits the events; undefined if nothing limits them. */
function detailTypesIn(conditions: unknown): string[] | undefined {
  const given = partOf(conditions, 'ForAllValues:StringEquals', DETAIL_TYPE_KEY);
  return knownList(typeof given === 'string' ? [given] : given);
}
