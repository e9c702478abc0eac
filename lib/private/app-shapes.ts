import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { FUNCTION_SHAPE } from '../function/private/function-shapes';
import { HTTP_SHAPE } from '../trigger/private/trigger-shapes';
import {
  FLAG,
  FULL_TEXT,
  KNOWN_TEXT,
  listOf,
  madeBy,
  oneOf,
  required,
  Shape,
  struct,
  textOf,
} from './shape';

export const APP_SHAPE: Shape = {
  root: KNOWN_TEXT,
  functionDefaults: struct(FUNCTION_SHAPE),
  http: struct(HTTP_SHAPE),
  logGroup: madeBy('a log group', 'write for example `new LogGroup(…)`', 'logGroupName'),
  failureQueue: madeBy('a queue', 'write for example `new Queue(…)`', 'queueArn'),
  failureBucket: madeBy('a bucket', 'write for example `new Bucket(…)`', 'bucketArn'),
  scaling: struct({}),
};

const ATTRIBUTE_TYPE = oneOf('AttributeType', () => AttributeType);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-attributedefinition.html */
const ATTRIBUTE_NAME = textOf(1, 255);

/** Names and types: what the CDK is given in another form, or puts into the template as it is. */
export const TABLE_SHAPE: Shape = {
  partitionKey: required(ATTRIBUTE_NAME),
  partitionKeyType: ATTRIBUTE_TYPE,
  sortKey: ATTRIBUTE_NAME,
  sortKeyType: ATTRIBUTE_TYPE,
  timeToLiveAttribute: ATTRIBUTE_NAME,
  dynamoStream: oneOf('StreamViewType', () => StreamViewType),
  removalPolicy: oneOf('RemovalPolicy', () => RemovalPolicy),
  tableName: textOf(3, 255),
  billing: madeBy('a Billing', 'write for example `Billing.onDemand()`', 'mode'),
  globalSecondaryIndexes: listOf(struct({ indexName: required(FULL_TEXT) })),
  localSecondaryIndexes: listOf(struct({ indexName: required(FULL_TEXT) })),
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
