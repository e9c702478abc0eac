import type { EventModel, SourceModel } from '../../model';
import { ownBus, retryPolicy } from '../../read/event-parts';
import { sourceOf } from '../../read/source';
import { mapOf, Value } from '../../value';
import { normalized } from '../logical-names';
import type { EventContext } from './event-context';

export function readEventBridge(value: Value, context: EventContext): EventModel[] {
  const given = mapOf(value);
  if (given.schedule !== undefined) {
    return [
      {
        kind: 'schedule',
        expression: given.schedule,
        enabled: given.enabled ?? true,
        input: given.input,
      },
    ];
  }
  if (given.inputPath !== undefined || given.inputTransformer !== undefined) {
    context.note({
      kind: 'lost',
      at: context.at,
      text: '`inputPath` and `inputTransformer` are not carried over: write them as `input: RuleTargetInput.fromEventPath(…)` or `.fromObject(…)`',
    });
  }
  if (given.deadLetterQueueArn !== undefined) {
    context.note({
      kind: 'differs',
      at: context.at,
      text: 'the dead-letter queue of the rule is not carried over: failed events go to the app’s failure queue',
    });
  }
  return [
    {
      kind: 'events',
      pattern: mapOf(given.pattern),
      bus: ownBus(given.eventBus, busOf),
      input: given.input,
      enabled: given.enabled ?? true,
      retry: retryPolicy(given.retryPolicy, 'maximumRetryAttempts', 'maximumEventAge'),
    },
  ];
}

function busOf(value: Value): SourceModel {
  if (typeof value === 'string' && !value.startsWith('arn:')) {
    return { name: value, makes: `${normalized(value)}EventBridgeEventBus` };
  }
  const source = sourceOf(value);
  return source.logicalId === undefined && !isArn(value) ? { name: value } : source;
}

function isArn(value: Value): boolean {
  return typeof value === 'string'
    ? value.startsWith('arn:')
    : JSON.stringify(value).includes('arn:');
}

export function readCloudwatchEvent(value: Value): EventModel {
  const given = mapOf(value);
  return {
    kind: 'events',
    pattern: mapOf(given.event),
    input: given.input,
    enabled: given.enabled ?? true,
  };
}
