import { APP_USAGE_PROPS, ESTIMATE_PROPS } from '../estimate/usage-prop-set';
import { DEFAULT_STAGE, stageDefault } from '../core/defaults';
import { FUNCTION_OPTIONS_PROPS } from '../function/function-prop-set';
import { HTTP_PROPS } from '../http/http-prop-set';
import { REST_PROPS } from '../http/rest/rest-prop-set';
import { WEB_SOCKET_PROPS } from '../http/socket/socket-prop-set';
import { AppStage } from '../model/app-stage';
import { ALARM_PROPS } from '../monitoring/alarm-prop-set';
import { anything, flag, instance, integer, knownText, mapOf, oneOf, struct } from '../props/kinds';
import { propsOf } from '../props/prop-set';
import type { ScalingOptions } from '../scaling/scaling-options';
import type { ServerlessAppProps } from './serverless-app-props';

const BUCKET = instance('a bucket', 'write, for example, `new Bucket(…)`', 'bucketArn');

export const SCALING_PROPS = propsOf<ScalingOptions>()({
  concurrencyLimit: integer(1, undefined, 'concurrent executions'),
  apiRateLimit: integer(1, undefined, 'requests a second'),
  apiBurstLimit: integer(1, undefined, 'requests'),
});

/** The props of an app. */
export const APP_PROPS = propsOf<ServerlessAppProps>()({
  stage: oneOf('AppStage', () => AppStage).defaultsTo(DEFAULT_STAGE),
  root: knownText(),
  functionDefaults: struct(FUNCTION_OPTIONS_PROPS),
  http: struct(HTTP_PROPS),
  rest: struct(REST_PROPS),
  webSocket: struct(WEB_SOCKET_PROPS),
  logGroup: instance('a log group', 'write, for example, `new LogGroup(…)`', 'logGroupName').in(
    'log',
  ),
  failureQueue: instance('a queue', 'write, for example, `new Queue(…)`', 'queueArn').in(
    'failure queue',
  ),
  failureBucket: BUCKET.in('table changes'),
  serverAccessLogs: flag().byStage(stageDefault('serverAccessLogs')).in('access logs of buckets'),
  serverAccessLogsBucket: BUCKET.in('access logs of buckets'),
  acknowledgements: flag().defaultsTo(true),
  sharding: instance('a Sharding', 'write, for example, `Sharding.nestedStacks(4)`', 'count').in(
    'stacks',
  ),
  scaling: struct(SCALING_PROPS).in('concurrency'),
  usage: struct(APP_USAGE_PROPS),
  estimate: struct(ESTIMATE_PROPS),
  notify: anything(), // addresses have rules, and messages, of their own
  notifyTopic: instance('a topic', 'write, for example, `new Topic(…)`', 'topicArn'),
  budget: instance('a Budget', 'write, for example, `Budget.monthly(200)`', 'monthlyUsd').in(
    'budget',
  ),
  dashboard: flag().byStage(stageDefault('alarms')).in('dashboard'),
  alarmsEnabled: flag().byStage(stageDefault('alarms')).in('alarms'),
  alarms: mapOf(struct(ALARM_PROPS).required()).in('alarms'),
  report: flag().defaultsTo(false),
  environmentTypes: flag().defaultsTo(true),
});
