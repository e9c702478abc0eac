import type { AccessKind } from './model';

/** What an access to the resources of a service grants. */
interface AccessService {
  readonly types: readonly string[];
  /** The property with the name of the resource, and the name in its ARN. */
  readonly name: string;
  readonly inArn: RegExp;
  readonly levels: ReadonlyArray<readonly [access: AccessKind, actions: readonly string[]]>;
  /** The actions that a trigger on the resource already grants. */
  readonly byTrigger?: readonly string[];
}

/** The actions that an access stands for; docs/access.md. */
export const ACCESS_SERVICES: Readonly<Record<string, AccessService>> = {
  dynamodb: {
    types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
    name: 'TableName',
    inArn: /:table\/([^/]+)(.*)$/,
    levels: [
      ['read', ['BatchGetItem', 'ConditionCheckItem', 'DescribeTable', 'GetItem', 'Query', 'Scan']],
      ['write', ['BatchWriteItem', 'DeleteItem', 'DescribeTable', 'PutItem', 'UpdateItem']],
    ],
    byTrigger: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'],
  },
  s3: {
    types: ['AWS::S3::Bucket'],
    name: 'BucketName',
    inArn: /:s3:::([^/]+)(.*)$/,
    levels: [
      ['read', ['GetObject', 'ListBucket']],
      ['write', ['AbortMultipartUpload', 'DeleteObject', 'PutObject']],
    ],
  },
  sqs: {
    types: ['AWS::SQS::Queue'],
    name: 'QueueName',
    inArn: /:sqs:[^:]*:[^:]*:([^/:]+)()$/,
    levels: [['send', ['SendMessage']]],
    byTrigger: ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'],
  },
  sns: {
    types: ['AWS::SNS::Topic'],
    name: 'TopicName',
    inArn: /:sns:[^:]*:[^:]*:([^/:]+)()$/,
    levels: [['publish', ['Publish']]],
  },
  events: {
    types: ['AWS::Events::EventBus'],
    name: 'Name',
    inArn: /:event-bus\/([^/]+)()$/,
    levels: [['putEvents', ['PutEvents']]],
  },
  kinesis: {
    types: ['AWS::Kinesis::Stream'],
    name: 'Name',
    inArn: /:stream\/([^/]+)()$/,
    levels: [
      ['read', ['DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards']],
      ['write', ['PutRecord', 'PutRecords']],
    ],
    byTrigger: [
      'DescribeStream',
      'DescribeStreamSummary',
      'GetRecords',
      'GetShardIterator',
      'ListShards',
      'ListStreams',
      'SubscribeToShard',
    ],
  },
  secretsmanager: {
    types: ['AWS::SecretsManager::Secret'],
    name: 'Name',
    inArn: /:secret:([^/:]+)()$/,
    levels: [['secret', ['DescribeSecret', 'GetSecretValue']]],
  },
  ssm: {
    types: ['AWS::SSM::Parameter'],
    name: 'Name',
    inArn: /:parameter(\/?.+)()$/,
    levels: [['parameter', ['GetParameter', 'GetParameters']]],
  },
  lambda: {
    types: ['function'],
    name: '',
    inArn: /:function:([^/:]+)()$/,
    levels: [['invoke', ['InvokeFunction']]],
  },
  states: {
    types: ['stateMachine'],
    name: '',
    inArn: /:stateMachine:([^/:]+)()$/,
    levels: [['startExecution', ['StartExecution']]],
  },
};
