import { CorsHttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { EventType } from 'aws-cdk-lib/aws-s3';
import {
  ANYTHING,
  DATE,
  DURATION,
  FLAG,
  FULL_TEXT,
  Kind,
  KNOWN_TEXT,
  listOf,
  madeBy,
  mapOf,
  oneOf,
  required,
  Shape,
  struct,
  TEXT,
} from '../props/shape';

const AUTHORIZER = madeBy(
  'an authorizer',
  'write for example `new HttpJwtAuthorizer(…)`, or `new HttpNoneAuthorizer()`',
  'bind',
);
const LOG_GROUP = madeBy('a log group', 'write for example `new LogGroup(…)`', 'logGroupName');
const OPTIONS: Kind = struct({});
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
const CORS: Kind = struct({
  allowCredentials: FLAG,
  allowHeaders: listOf(FULL_TEXT),
  allowMethods: listOf(oneOf('CorsHttpMethod', () => CorsHttpMethod)),
  allowOrigins: listOf(FULL_TEXT),
  exposeHeaders: listOf(FULL_TEXT),
  maxAge: DURATION,
});
/** Numbers, durations and their ranges are checked by `PropCheck`. */
const THROTTLE = struct({});

export const HTTP_TRIGGER_SHAPE: Shape = {
  authorizer: AUTHORIZER,
  authorizationScopes: listOf(FULL_TEXT),
  throttle: THROTTLE,
};

export const HTTP_SHAPE: Shape = {
  ...HTTP_TRIGGER_SHAPE,
  api: madeBy('an HTTP API', 'write for example `new HttpApi(…)`', 'apiId'),
  apiOptions: struct({
    apiName: FULL_TEXT,
    description: TEXT,
    createDefaultStage: FLAG,
    disableExecuteApiEndpoint: FLAG,
    corsPreflight: CORS,
  }),
  cors: CORS,
  accessLog: FLAG,
  accessLogGroup: LOG_GROUP,
  accessLogFormat: madeBy('an AccessLogFormat', 'write `AccessLogFormat.custom(…)`', 'toString'),
  domain: struct({
    domainName: required(FULL_TEXT),
    certificate: required(
      madeBy('a certificate', 'give the `certificate` of the domain', 'certificateArn'),
    ),
    path: KNOWN_TEXT,
    hostedZone: madeBy('a hosted zone', 'import it with `HostedZone.from…`', 'hostedZoneId'),
  }),
};

export const TABLE_CHANGES_SHAPE: Shape = {
  startingPosition: oneOf('StartingPosition', () => StartingPosition),
  filters: listOf(mapOf(ANYTHING)),
  bisectBatchOnError: FLAG,
  reportBatchItemFailures: FLAG,
  enabled: FLAG,
};

export const OBJECT_SHAPE: Shape = {
  prefix: TEXT,
  suffix: TEXT,
  eventTypes: listOf(oneOf('EventType', () => EventType)),
};

export const SCHEDULE: Kind = required(
  madeBy(
    'a ScheduleExpression',
    'write for example `ScheduleExpression.rate(Duration.hours(1))`',
    'expressionString',
  ),
);

export const SCHEDULE_SHAPE: Shape = {
  input: madeBy('a ScheduleTargetInput', 'write `ScheduleTargetInput.fromObject({ … })`', 'bind'),
  enabled: FLAG,
  timeWindow: madeBy('a TimeWindow', 'write `TimeWindow.flexible(Duration.minutes(15))`', 'mode'),
  retryPolicy: OPTIONS,
  start: DATE,
  end: DATE,
  scheduleGroup: madeBy('a schedule group', 'write `new ScheduleGroup(…)`', 'scheduleGroupName'),
};
