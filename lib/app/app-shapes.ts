import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, ProjectionType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { FUNCTION_SHAPE } from '../function/private/function-shapes';
import { HTTP_SHAPE } from '../trigger/trigger-shapes';
import {
  ANYTHING,
  FLAG,
  FULL_TEXT,
  KNOWN_TEXT,
  listOf,
  madeBy,
  mapOf,
  oneOf,
  required,
  Shape,
  struct,
  textOf,
} from '../props/shape';

const BUCKET = madeBy('a bucket', 'write for example `new Bucket(…)`', 'bucketArn');

/** Mail addresses, amounts and thresholds have rules of their own. */
export const APP_SHAPE: Shape = {
  root: KNOWN_TEXT,
  functionDefaults: struct(FUNCTION_SHAPE),
  http: struct(HTTP_SHAPE),
  logGroup: madeBy('a log group', 'write for example `new LogGroup(…)`', 'logGroupName'),
  failureQueue: madeBy('a queue', 'write for example `new Queue(…)`', 'queueArn'),
  failureBucket: BUCKET,
  scaling: struct({}),
  serverAccessLogs: FLAG,
  serverAccessLogsBucket: BUCKET,
  acknowledgements: FLAG,
  usage: struct({}),
  estimate: struct({ print: FLAG, freeTier: FLAG }),
  notifyTopic: madeBy('a topic', 'write for example `new Topic(…)`', 'topicArn'),
  budget: madeBy('a Budget', 'write for example `Budget.monthly(200)`', 'monthlyUsd'),
  dashboard: FLAG,
  alarmsEnabled: FLAG,
  alarms: mapOf(required(struct({ enabled: FLAG, threshold: ANYTHING }))),
  report: FLAG,
};

const ATTRIBUTE_TYPE = oneOf('AttributeType', () => AttributeType);

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-attributedefinition.html; `${…}` is
 * taken by the validation of templates for a reference that has lost its `Fn::Sub`.
 */
const ATTRIBUTE_NAME = textOf(1, 255, { what: 'without `${`', fits: /^(?!.*\$\{)/s });

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const TABLE_NAME = textOf(3, 255, {
  what: 'of letters, digits, `_`, `-` and `.`',
  fits: /^[A-Za-z0-9_.-]+$/,
});

const KEY = struct({ name: required(ATTRIBUTE_NAME), type: required(ATTRIBUTE_TYPE) });
const KEYS = listOf(KEY);
const INDEX: Shape = {
  indexName: required(TABLE_NAME),
  sortKey: KEY,
  projectionType: oneOf('ProjectionType', () => ProjectionType),
  nonKeyAttributes: listOf(ATTRIBUTE_NAME),
};

/** Names and types: what the CDK is given in another form, or puts into the template as it is. */
export const TABLE_SHAPE: Shape = {
  partitionKey: required(ATTRIBUTE_NAME),
  partitionKeyType: ATTRIBUTE_TYPE,
  sortKey: ATTRIBUTE_NAME,
  sortKeyType: ATTRIBUTE_TYPE,
  timeToLiveAttribute: ATTRIBUTE_NAME,
  dynamoStream: oneOf('StreamViewType', () => StreamViewType),
  removalPolicy: oneOf('RemovalPolicy', () => RemovalPolicy),
  tableName: TABLE_NAME,
  billing: madeBy('a Billing', 'write for example `Billing.onDemand()`', 'mode'),
  globalSecondaryIndexes: listOf(
    struct({
      ...INDEX,
      partitionKey: KEY,
      partitionKeys: KEYS,
      sortKeys: KEYS,
      warmThroughput: struct({}),
    }),
  ),
  localSecondaryIndexes: listOf(struct({ ...INDEX, sortKey: required(KEY) })),
  encryption: madeBy(
    'a TableEncryptionV2',
    'write for example `TableEncryptionV2.awsManagedKey()`',
    'type',
  ),
  deletionProtection: FLAG,
  replicas: listOf(struct({})),
  warmThroughput: struct({}),
};

/** Of the CDK's bucket, what the library looks at and what is put into the template as it is. */
export const BUCKET_SHAPE: Shape = {
  bucketName: FULL_TEXT,
  versioned: FLAG,
  enforceSSL: FLAG,
  eventBridgeEnabled: FLAG,
  autoDeleteObjects: FLAG,
  removalPolicy: oneOf('RemovalPolicy', () => RemovalPolicy),
  lifecycleRules: listOf(struct({})),
};
