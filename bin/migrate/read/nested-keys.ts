import type { Note } from '../model';
import { intrinsicOf, isMap, listOf, Value, ValueMap } from '../value';
import { noteUnknownKeys } from './unknown-keys';

/** By the names of parts, the keys in them that are carried over or that have a note of their own. */
export type KeyTable = Readonly<Record<string, ReadonlySet<string>>>;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Notes the unknown keys in the parts of a function or an event. A part that is no map, or that CloudFormation computes, has none. */
export function noteUnknownIn(
  given: ValueMap,
  table: KeyTable,
  at: string,
  note: (note: Note) => void,
): void {
  for (const [part, known] of Object.entries(table)) {
    for (const one of listOf(given[part])) {
      noteUnknownKeysOf(one, known, `${at}.${part}`, note);
    }
  }
}

/** Notes the keys of an event that are not carried over, by its kind. An unknown kind has a note of its own. */
export function noteUnknownInEvent(
  kind: string,
  given: Value,
  table: KeyTable,
  at: string,
  note: (note: Note) => void,
): void {
  const known = Object.hasOwn(table, kind) ? table[kind] : undefined;
  if (known === undefined || !isMap(given)) {
    return;
  }
  noteUnknownKeysOf(given, new Set([...known, ...LABELS]), at, note);
  for (const key of LABELS) {
    if (given[key] !== undefined) {
      note({
        kind: 'differs',
        at: `${at}.${key}`,
        text: 'the app names and describes its rules and schedules itself',
      });
    }
  }
}

/** Names and descriptions, which only people read. */
const LABELS = ['Name', 'RuleName', 'Description', 'name', 'description'];

function noteUnknownKeysOf(
  given: Value,
  known: ReadonlySet<string>,
  at: string,
  note: (note: Note) => void,
): void {
  if (isMap(given) && intrinsicOf(given) === undefined) {
    noteUnknownKeys(given, known, at, note);
  }
}

/** The parts of a function of SAM or CloudFormation. */
export const SAM_PARTS: KeyTable = {
  Code: words('ZipFile ImageUri'),
  CodeUri: new Set(),
  Environment: words('Variables'),
  EphemeralStorage: words('Size'),
  EventInvokeConfig: words('MaximumRetryAttempts MaximumEventAgeInSeconds DestinationConfig'),
  FunctionUrlConfig: words('AuthType Cors InvokeMode'),
  LoggingConfig: words('LogFormat'),
  ProvisionedConcurrencyConfig: words('ProvisionedConcurrentExecutions'),
  TracingConfig: words('Mode'),
  VpcConfig: words('SubnetIds SecurityGroupIds'),
};

const SAM_ROUTE = 'Path Method Auth PayloadFormatVersion';
const SAM_QUEUE =
  'BatchSize MaximumBatchingWindowInSeconds Enabled FunctionResponseTypes FilterCriteria';
const SAM_STREAM = `${SAM_QUEUE} Stream StartingPosition StartingPositionTimestamp ParallelizationFactor
MaximumRetryAttempts MaximumRecordAgeInSeconds BisectBatchOnFunctionError TumblingWindowInSeconds`;
const SAM_RULE = 'Pattern EventBusName Input Enabled State RetryPolicy InputPath InputTransformer';

/** The properties of the events of SAM. */
export const SAM_EVENTS: KeyTable = {
  Api: words(`${SAM_ROUTE} RestApiId`),
  HttpApi: words(`${SAM_ROUTE} ApiId`),
  SQS: words(`${SAM_QUEUE} Queue ScalingConfig`),
  DynamoDB: words(SAM_STREAM),
  Kinesis: words(SAM_STREAM),
  SNS: words('Topic FilterPolicy FilterPolicyScope SqsSubscription'),
  S3: words('Bucket Events Filter'),
  Schedule: words('Schedule Enabled State Input'),
  ScheduleV2: words('ScheduleExpression ScheduleExpressionTimezone State Input'),
  EventBridgeRule: words(SAM_RULE),
  CloudWatchEvent: words(SAM_RULE),
  Cognito: words('UserPool Trigger'),
};

/** The parts of a function of the Serverless Framework. */
export const FUNCTION_PARTS: KeyTable = {
  destinations: words('onFailure onSuccess'),
  url: words('authorizer cors invokeMode'),
  vpc: words('securityGroupIds subnetIds'),
};

const MAPPING = `arn type batchSize maximumBatchingWindow batchWindow enabled functionResponseType filterPatterns`;

/** The options of the events of the Serverless Framework. */
export const SERVERLESS_EVENTS: KeyTable = {
  http: words('path method cors private authorizer integration async request'),
  httpApi: words('path method authorizer'),
  sqs: words(`${MAPPING} maximumConcurrency`),
  stream: words(`${MAPPING} startingPosition startingPositionTimestamp parallelizationFactor
maximumRetryAttempts maximumRecordAgeInSeconds bisectBatchOnFunctionError tumblingWindowInSeconds consumer`),
  sns: words('arn topicName filterPolicy filterPolicyScope redrivePolicy'),
  s3: words('bucket event rules existing'),
  schedule: words('rate enabled timezone input inputPath inputTransformer method'),
  eventBridge: words(
    'schedule pattern eventBus input enabled retryPolicy inputPath inputTransformer deadLetterQueueArn',
  ),
  cloudwatchEvent: words('event input enabled'),
  websocket: words('route authorizer routeResponseSelectionExpression'),
  cognitoUserPool: words('pool trigger existing'),
};
