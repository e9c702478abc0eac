import type { EventModel } from '../../model';
import { noteUnknownInEvent, SERVERLESS_EVENTS } from '../../read/nested-keys';
import { LOG_SUBSCRIPTION, SOURCE_MAPPING } from '../../read/remedies';
import { mapOf, Value } from '../../value';
import { readBucket } from './bucket-event';
import { readCloudwatchEvent, readEventBridge } from './bus-events';
import type { EventContext } from './event-context';
import { readHttpApi } from './http-api-event';
import { readQueue, readStream } from './mapping-events';
import { readUserPool } from './pool-event';
import { readRest } from './rest-event';
import { readSchedule } from './schedule-event';
import { readSocket } from './socket-event';
import { readTopic } from './topic-event';

/** Why an event is not carried over, and what to write instead. */
const REASONS: Readonly<Record<string, string>> = {
  alb: 'the library has no trigger for a load balancer; add `fn.target` to your own target group',
  alexaSkill: 'add the permission with `fn.target.addPermission(…)`',
  alexaSmartHome: 'add the permission with `fn.target.addPermission(…)`',
  iot: 'write `new iot.CfnTopicRule(…)` and permit it with `fn.target.addPermission(…)`',
  cloudFront:
    'Lambda@Edge is not a part of the library; use `cloudfront.experimental.EdgeFunction`',
  cloudwatchLog: LOG_SUBSCRIPTION,
  kafka: `the library has no trigger for Kafka; ${SOURCE_MAPPING}`,
  msk: `the library has no trigger for MSK; ${SOURCE_MAPPING}`,
  activemq: `the library has no trigger for a broker; ${SOURCE_MAPPING}`,
  rabbitmq: `the library has no trigger for a broker; ${SOURCE_MAPPING}`,
};

export function readEvent(event: Value, context: EventContext): EventModel[] {
  const [kind = '', value] =
    typeof event === 'string' ? [event, {}] : (Object.entries(mapOf(event))[0] ?? []);
  noteUnknownInEvent(kind, value, SERVERLESS_EVENTS, `${context.at}.${kind}`, context.note);
  switch (kind) {
    case 'http':
      return [readRest(value, context)];
    case 'httpApi':
      return [readHttpApi(value, context)];
    case 'sqs':
      return [readQueue(value)];
    case 'stream':
      return readStream(value);
    case 'sns':
      return [readTopic(value, context)];
    case 's3':
      return [readBucket(value)];
    case 'schedule':
      return readSchedule(value, context);
    case 'eventBridge':
      return readEventBridge(value, context);
    case 'cloudwatchEvent':
      return [readCloudwatchEvent(value)];
    case 'websocket':
      return [readSocket(value, context)];
    case 'cognitoUserPool':
      return readUserPool(value, context);
    default:
      context.note({
        kind: 'lost',
        at: `${context.at}.${kind}`,
        text: `the event \`${kind}\` is not carried over: ${REASONS[kind] ?? 'the library has no trigger for it'}`,
      });
      return [];
  }
}
