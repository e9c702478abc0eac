import { ArnFormat, IResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { INDEXES, OBJECTS } from '../core/acknowledged-rules';
import type { IAppFunction } from '../core/contract';
import { FunctionContext } from '../core/function-context';
import { isAccessPoint, isVersioned } from './bucket-kinds';
import { isElsewhere } from './elsewhere';

export interface GrantedActions {
  readonly reads: boolean;
  readonly writes: boolean;
  /** For a bucket: only keys with this prefix. */
  readonly prefix?: string;
  /** For a bucket: also earlier versions of its objects, whatever the settings of the bucket. */
  readonly versioned?: boolean;
  /** For a table: only this index. */
  readonly index?: string;
  /** For an event bus: only events of these detail types. */
  readonly detailTypes?: readonly string[];
  /** For a user pool: these actions. */
  readonly actions?: readonly string[];
}

/** A kind of resource that a function can access, and its grants. */
export interface ResourceKind {
  readonly kind: string;
  /** The resource as this kind, or undefined. */
  readonly of: (resource: unknown) => GrantableResource | undefined;
}

/** An environment variable: the suffix of its name, which says what it holds, and its value. */
export interface ResourceVariable {
  readonly suffix: 'NAME' | 'ARN' | 'URL' | 'ID';
  readonly value: string;
}

export interface GrantableResource {
  /** What a function needs to find the resource. */
  variable(fn: IAppFunction): ResourceVariable;
  grant(fn: IAppFunction, actions: GrantedActions): void;
}

// No wildcards: they would grant actions that AWS adds later.
const TABLE_READ = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
];
const TABLE_WRITE = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:DescribeTable',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];
const OBJECT_READ = ['s3:GetObject'];
const VERSION_READ = ['s3:GetObjectVersion'];
const OBJECT_WRITE = ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'];
const BUCKET_READ = ['s3:ListBucket'];
const SECRET_READ = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];
const PARAMETER_READ = ['ssm:GetParameter', 'ssm:GetParameters'];
const QUEUE_SEND = ['sqs:SendMessage'];
const QUEUE_RECEIVE = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];
const TOPIC_PUBLISH = ['sns:Publish'];
const STREAM_READ = [
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
];
const STREAM_WRITE = ['kinesis:PutRecord', 'kinesis:PutRecords'];
const KEY_READ = ['kms:Decrypt', 'kms:DescribeKey'];
const KEY_WRITE = [
  ...KEY_READ,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];
/** The key permissions that SQS, SNS and Kinesis require from a sender. */
const KEY_SEND = ['kms:Decrypt', 'kms:GenerateDataKey'];

// Not `instanceof`: the resource may be imported, or come from another copy of aws-cdk-lib.
export const has = (resource: unknown, ...names: string[]): boolean =>
  typeof resource === 'object' && resource !== null && names.every((name) => name in resource);
const isTable = (resource: unknown): resource is dynamodb.ITable =>
  has(resource, 'tableArn', 'tableName');
const isBucket = (resource: unknown): resource is s3.IBucket =>
  has(resource, 'bucketArn', 'bucketName');
const isSecret = (resource: unknown): resource is secretsmanager.ISecret =>
  has(resource, 'secretArn', 'secretName');
const isParameter = (resource: unknown): resource is ssm.IParameter =>
  has(resource, 'parameterArn', 'parameterName');
const isQueue = (resource: unknown): resource is sqs.IQueue =>
  has(resource, 'queueArn', 'queueUrl');
const isTopic = (resource: unknown): resource is sns.ITopic =>
  has(resource, 'topicArn', 'topicName');
const isStream = (resource: unknown): resource is kinesis.IStream =>
  has(resource, 'streamArn', 'streamName');

/** The variable for a resource that its bare name does not identify, or undefined. */
type Elsewhere<T> = (resource: T, fn: IAppFunction) => ResourceVariable | undefined;

/** The ARN for a resource of another account or region, because its name would mean one in the function's own. */
export const arnElsewhere =
  <T extends IResource>(
    arnOf: (resource: T) => string,
    suffix: ResourceVariable['suffix'],
  ): Elsewhere<T> =>
  (resource, fn) => {
    const arn = arnOf(resource);
    return isElsewhere(fn, resource, arn) ? { suffix, value: arn } : undefined;
  };

export const kind = <T>(
  name: string,
  suffix: ResourceVariable['suffix'],
  matches: (resource: unknown) => resource is T,
  value: (resource: T) => string,
  grant: (resource: T, fn: IAppFunction, actions: GrantedActions) => void,
  elsewhere: Elsewhere<T> = () => undefined,
): ResourceKind => ({
  kind: name,
  of: (resource) =>
    matches(resource)
      ? {
          variable: (fn) =>
            elsewhere(resource, fn) ?? {
              suffix,
              value: value(resource),
            },
          grant: (fn, actions) => {
            grant(resource, fn, actions);
          },
        }
      : undefined,
});

// DynamoDB accepts an ARN as the name of a table:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-cross-account-access.html
export const TABLE = kind(
  'table',
  'NAME',
  isTable,
  ({ tableName }) => tableName,
  grantTable,
  arnElsewhere(({ tableArn }) => tableArn, 'NAME'),
);
// The names of buckets are global, but an access point has only its ARN, which S3 accepts as the name of a bucket.
export const BUCKET = kind(
  'bucket',
  'NAME',
  isBucket,
  ({ bucketName }) => bucketName,
  grantBucket,
  ({ bucketArn }) => (isAccessPoint(bucketArn) ? { suffix: 'NAME', value: bucketArn } : undefined),
);
export const SECRET = kind('secret', 'ARN', isSecret, ({ secretArn }) => secretArn, grantSecret);
export const PARAMETER = kind(
  'parameter',
  'NAME',
  isParameter,
  ({ parameterName }) => parameterName,
  grantParameter,
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html
  arnElsewhere(({ parameterArn }) => parameterArn, 'NAME'),
);
export const QUEUE = kind('queue', 'URL', isQueue, ({ queueUrl }) => queueUrl, grantQueue);
/** The same resource, for another access: to receive. */
export const RECEIVED_QUEUE = kind(
  'queue',
  'URL',
  isQueue,
  ({ queueUrl }) => queueUrl,
  grantReceiving,
);
export const TOPIC = kind('topic', 'ARN', isTopic, ({ topicArn }) => topicArn, grantTopic);
// Kinesis accepts an ARN only as `StreamARN`, hence another variable.
export const STREAM = kind(
  'stream',
  'NAME',
  isStream,
  ({ streamName }) => streamName,
  grantStream,
  arnElsewhere(({ streamArn }) => streamArn, 'ARN'),
);

/** An index can be queried and scanned, and nothing else. */
const INDEX_READ = ['dynamodb:Query', 'dynamodb:Scan'];

function grantTable(table: dynamodb.ITable, fn: IAppFunction, actions: GrantedActions): void {
  if (actions.index !== undefined) {
    const resourceArns = [`${table.tableArn}/index/${actions.index}`];
    iam.Grant.addToPrincipal({ grantee: fn, actions: INDEX_READ, resourceArns });
    grantKey(table.encryptionKey, fn, KEY_READ);
    return;
  }
  const indexes = Lazy.string({
    // Evaluated at synthesis, because an index may be added after the access.
    produce: () =>
      Reflect.get(table, 'hasIndex') === true ? `${table.tableArn}/index/*` : undefined,
  });
  const given = [...(actions.reads ? TABLE_READ : []), ...(actions.writes ? TABLE_WRITE : [])];
  const grant = {
    grantee: fn,
    actions: [...new Set(given)].sort(),
    resourceArns: actions.reads ? [table.tableArn, indexes] : [table.tableArn],
  };
  if (iam.GrantableResources.isResourceWithPolicy(table)) {
    // Only another account needs the table's own policy, in which the table cannot refer to itself by its ARN.
    iam.Grant.addToPrincipalOrResource({ ...grant, resource: table, resourceSelfArns: ['*'] });
  } else {
    iam.Grant.addToPrincipal(grant);
  }
  if (actions.reads) {
    FunctionContext.of(fn).wildcards.set(indexes, INDEXES);
  }
  grantKey(table.encryptionKey, fn, actions.writes ? KEY_WRITE : KEY_READ);
}

function grantBucket(bucket: s3.IBucket, fn: IAppFunction, actions: GrantedActions): void {
  const keys = `${actions.prefix === undefined ? '' : escapeArn(actions.prefix)}*`;
  if (actions.reads) {
    const conditions =
      actions.prefix === undefined ? undefined : { StringLike: { 's3:prefix': keys } };
    allow(fn, bucket, BUCKET_READ, bucket.bucketArn, conditions);
  }
  const objects = isAccessPoint(bucket.bucketArn)
    ? `${bucket.bucketArn}/object/${keys}`
    : bucket.arnForObjects(keys);
  const versions = actions.reads && (actions.versioned ?? isVersioned(bucket));
  const given = [
    ...(actions.reads ? OBJECT_READ : []),
    ...(versions ? VERSION_READ : []),
    ...(actions.writes ? OBJECT_WRITE : []),
  ];
  allow(fn, bucket, given.sort(), objects);
  FunctionContext.of(fn).wildcards.set(objects, OBJECTS);
  grantKey(bucket.encryptionKey, fn, actions.writes ? KEY_WRITE : KEY_READ);
}

function grantSecret(secret: secretsmanager.ISecret, fn: IAppFunction): void {
  allow(fn, secret, SECRET_READ, arnOfSecret(secret));
  grantKey(secret.encryptionKey, fn, ['kms:Decrypt']);
}

/** AWS appends six characters to a secret's name, which are unknown if the secret is imported by name. */
function arnOfSecret(secret: secretsmanager.ISecret): string {
  const { secretArn, secretFullArn } = secret;
  if (secretFullArn !== undefined) {
    return secretFullArn;
  }
  const isArn = Token.isUnresolved(secretArn) || secretArn.startsWith('arn:');
  const arn = isArn
    ? secretArn
    : Stack.of(secret).formatArn({
        service: 'secretsmanager',
        resource: 'secret',
        resourceName: secretArn,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
  return `${arn}-??????`;
}

/** A `SecureString` also needs its key, if it is known; the AWS-managed key allows the whole account. */
function grantParameter(parameter: ssm.IParameter, fn: IAppFunction): void {
  iam.Grant.addToPrincipal({
    grantee: fn,
    actions: PARAMETER_READ,
    resourceArns: [parameter.parameterArn],
  });
  const { encryptionKey } = parameter as ssm.IParameter & { readonly encryptionKey?: kms.IKey };
  grantKey(encryptionKey, fn, ['kms:Decrypt']);
}

function grantQueue(queue: sqs.IQueue, fn: IAppFunction): void {
  allow(fn, queue, QUEUE_SEND, queue.queueArn);
  grantKey(queue.encryptionMasterKey, fn, KEY_SEND);
}

function grantReceiving(queue: sqs.IQueue, fn: IAppFunction): void {
  allow(fn, queue, QUEUE_RECEIVE, queue.queueArn);
  grantKey(queue.encryptionMasterKey, fn, ['kms:Decrypt']);
}

function grantTopic(topic: sns.ITopic, fn: IAppFunction): void {
  allow(fn, topic, TOPIC_PUBLISH, topic.topicArn);
  grantKey(topic.masterKey, fn, KEY_SEND);
}

function grantStream(stream: kinesis.IStream, fn: IAppFunction, actions: GrantedActions): void {
  const given = [...(actions.reads ? STREAM_READ : []), ...(actions.writes ? STREAM_WRITE : [])];
  allow(fn, stream, given.sort(), stream.streamArn);
  const ofKey = [...(actions.reads ? ['kms:Decrypt'] : []), ...(actions.writes ? KEY_SEND : [])];
  grantKey(stream.encryptionKey, fn, [...new Set(ofKey)]);
}

/** A resource in another account must allow the function too. */
function allow(
  fn: IAppFunction,
  resource: iam.IResourceWithPolicyV2,
  actions: string[],
  arn: string,
  conditions?: Record<string, Record<string, unknown>>,
): void {
  const resourceArns = [arn];
  iam.Grant.addToPrincipalOrResource({ grantee: fn, resource, actions, resourceArns, conditions });
}

/**
 * Escapes text for the resource of a policy, in which `?` stands for any character and `$` begins a variable.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
function escapeArn(text: string): string {
  return Token.isUnresolved(text) ? text : text.replace(/[?$]/g, '${$&}');
}

function grantKey(key: kms.IKey | undefined, fn: IAppFunction, actions: readonly string[]): void {
  key?.grant(fn, ...actions);
}
