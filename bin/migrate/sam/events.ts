import type { EventModel } from '../model';
import { ownBus, retryPolicy, topicFilter } from '../read/event-parts';
import { GivenMapping, queueMapping, streamMapping } from '../read/mapping';
import { noteUnknownInEvent, SAM_EVENTS } from '../read/nested-keys';
import { LOG_SUBSCRIPTION, SOURCE_MAPPING } from '../read/remedies';
import { sourceOf } from '../read/source';
import { listOf, mapOf, referenceOf, textOf, Value, ValueMap } from '../value';
import type { SamContext } from './event-context';
import { route } from './route-event';

export function readSamEvent(name: string, event: ValueMap, context: SamContext): EventModel[] {
  const given = mapOf(event.Properties);
  const lost = (text: string): EventModel[] => {
    context.note({
      kind: 'lost',
      at: `${context.at}.Events.${name}`,
      text: `the event \`${textOf(event.Type) ?? ''}\` is not carried over: ${text}`,
    });
    return [];
  };
  const type = textOf(event.Type) ?? '';
  noteUnknownInEvent(type, given, SAM_EVENTS, `${context.at}.Events.${name}`, context.note);
  switch (type) {
    case 'Api':
      return [route(given, context, 'RestApiId')];
    case 'HttpApi':
      return [route(given, context, 'ApiId')];
    case 'SQS':
      return [
        { kind: 'queue', source: sourceOf(given.Queue), mapping: queueMapping(mappingOf(given)) },
      ];
    case 'DynamoDB':
      return [
        {
          kind: 'table',
          source: sourceOf(given.Stream),
          mapping: streamMapping(mappingOf(given), 'LATEST'),
        },
      ];
    case 'Kinesis':
      return [
        {
          kind: 'stream',
          source: sourceOf(given.Stream),
          mapping: streamMapping(mappingOf(given), 'LATEST'),
        },
      ];
    case 'SNS':
      if (given.SqsSubscription !== undefined && given.SqsSubscription !== false) {
        return lost(
          'a queue between the topic and the function: write `app.addQueue(…)`, `topic.addSubscription(new SqsSubscription(queue))` and `Trigger.queue(queue)`',
        );
      }
      return [
        {
          kind: 'topic',
          source: sourceOf(given.Topic),
          ...topicFilter(given.FilterPolicy, given.FilterPolicyScope),
        },
      ];
    case 'S3':
      return bucketEvent(given);
    case 'Schedule':
    case 'ScheduleV2':
      return [
        {
          kind: 'schedule',
          expression: given.Schedule ?? given.ScheduleExpression,
          enabled: enabledOf(given),
          timeZone: given.ScheduleExpressionTimezone,
          input: given.Input,
        },
      ];
    case 'EventBridgeRule':
    case 'CloudWatchEvent':
      if (given.InputPath !== undefined || given.InputTransformer !== undefined) {
        context.note({
          kind: 'lost',
          at: `${context.at}.Events.${name}`,
          text: '`InputPath` and `InputTransformer` are not carried over: write `input: RuleTargetInput.fromEventPath(…)` or `.fromObject(…)`',
        });
      }
      return [
        {
          kind: 'events',
          pattern: mapOf(given.Pattern),
          bus: ownBus(given.EventBusName, (bus) =>
            referenceOf(bus) === undefined ? { name: bus } : sourceOf(bus),
          ),
          input: given.Input,
          enabled: enabledOf(given),
          retry: retryPolicy(given.RetryPolicy, 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds'),
        },
      ];
    case 'Cognito':
      return listOf(given.Trigger).map((operation) => ({
        kind: 'userPool',
        source: sourceOf(given.UserPool),
        operation: textOf(operation) ?? '',
      }));
    case 'CloudWatchLogs':
      return lost(LOG_SUBSCRIPTION);
    case 'MSK':
    case 'MQ':
    case 'SelfManagedKafka':
    case 'DocumentDB':
      return lost(SOURCE_MAPPING);
    default:
      return lost('the library has no trigger for it');
  }
}

function enabledOf(given: ValueMap): Value {
  if (given.State !== undefined) {
    return given.State === 'ENABLED';
  }
  return given.Enabled ?? true;
}

function bucketEvent(given: ValueMap): EventModel[] {
  const rules = listOf(mapOf(mapOf(given.Filter).S3Key).Rules).map(mapOf);
  const rule = (name: string): Value =>
    rules.find((one) => textOf(one.Name)?.toLowerCase() === name)?.Value;
  return [
    {
      kind: 'bucket',
      source: { logicalId: referenceOf(given.Bucket) },
      events: listOf(given.Events).flatMap((one) => textOf(one) ?? []),
      prefix: rule('prefix'),
      suffix: rule('suffix'),
    },
  ];
}

function mappingOf(given: ValueMap): GivenMapping {
  return {
    batchSize: given.BatchSize,
    window: given.MaximumBatchingWindowInSeconds,
    enabled: given.Enabled,
    partial: listOf(given.FunctionResponseTypes).includes('ReportBatchItemFailures'),
    maxConcurrency: mapOf(given.ScalingConfig).MaximumConcurrency,
    filters:
      given.FilterCriteria === undefined ? undefined : listOf(mapOf(given.FilterCriteria).Filters),
    startingPosition: given.StartingPosition,
    startingTimestamp: given.StartingPositionTimestamp,
    parallelization: given.ParallelizationFactor,
    maxRetries: given.MaximumRetryAttempts,
    maxRecordAge: given.MaximumRecordAgeInSeconds,
    bisect: given.BisectBatchOnFunctionError,
    tumblingWindow: given.TumblingWindowInSeconds,
  };
}
