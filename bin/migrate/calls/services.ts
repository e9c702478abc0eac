import operations from './operations.json';

/** What is known of a service whose calls need permissions of that service alone. */
interface Service {
  /** The packages `@aws-sdk/client-…`. */
  readonly clients: readonly string[];
  /** The classes with one method an operation: those of version 2, and those of version 3 without `Client`. */
  readonly classes: readonly string[];
  /** The actions of the operations whose needs are known for certain. Another operation may need anything of the service. */
  readonly calls: Readonly<Record<string, readonly string[]>>;
}

const same = (...names: readonly string[]): Service['calls'] =>
  Object.fromEntries(names.map((name) => [name, [name]]));

const READ_OBJECT = ['GetObject', 'GetObjectVersion', 'ListBucket'];
const WRITE_OBJECT = [
  'PutObject',
  'PutObjectAcl',
  'PutObjectTagging',
  'PutObjectRetention',
  'PutObjectLegalHold',
  'AbortMultipartUpload',
];
const COPY_OBJECT = [
  ...READ_OBJECT,
  ...WRITE_OBJECT,
  'GetObjectTagging',
  'GetObjectVersionTagging',
];
const DELETE_OBJECT = ['DeleteObject', 'DeleteObjectVersion', 'BypassGovernanceRetention'];
const WRITE_ROWS = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'];
const PARTI_QL = ['PartiQLSelect', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'];
/** A parameter can refer to a secret: `/aws/reference/secretsmanager/…`. */
const SECRET_TOO = ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'];

const SERVICES: Readonly<Record<string, Service>> = {
  dynamodb: {
    clients: ['client-dynamodb', 'lib-dynamodb'],
    classes: ['DynamoDB', 'DynamoDBDocument', 'DocumentClient'],
    calls: {
      ...same(...WRITE_ROWS, 'GetItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem'),
      ...same('DescribeTable', 'ListTables', 'DescribeTimeToLive'),
      Get: ['GetItem'],
      Put: ['PutItem'],
      Update: ['UpdateItem'],
      Delete: ['DeleteItem'],
      BatchGet: ['BatchGetItem'],
      BatchWrite: ['BatchWriteItem'],
      TransactGet: ['GetItem'],
      TransactGetItems: ['GetItem'],
      TransactWrite: WRITE_ROWS,
      TransactWriteItems: WRITE_ROWS,
      ExecuteStatement: PARTI_QL,
      BatchExecuteStatement: PARTI_QL,
      ExecuteTransaction: PARTI_QL,
    },
  },
  s3: {
    clients: ['client-s3', 'lib-storage', 's3-presigned-post'],
    classes: ['S3'],
    calls: {
      GetObject: READ_OBJECT,
      HeadObject: READ_OBJECT,
      GetObjectAttributes: [...READ_OBJECT, 'GetObjectAttributes', 'GetObjectVersionAttributes'],
      ListObjects: ['ListBucket'],
      ListObjectsV2: ['ListBucket'],
      ListObjectVersions: ['ListBucketVersions', 'ListBucket'],
      HeadBucket: ['ListBucket'],
      ListBuckets: ['ListAllMyBuckets'],
      PutObject: WRITE_OBJECT,
      CreateMultipartUpload: WRITE_OBJECT,
      UploadPart: WRITE_OBJECT,
      CompleteMultipartUpload: WRITE_OBJECT,
      AbortMultipartUpload: WRITE_OBJECT,
      ListParts: ['ListMultipartUploadParts'],
      ListMultipartUploads: ['ListBucketMultipartUploads'],
      CopyObject: COPY_OBJECT,
      UploadPartCopy: COPY_OBJECT,
      DeleteObject: DELETE_OBJECT,
      DeleteObjects: DELETE_OBJECT,
      GetObjectTagging: ['GetObjectTagging', 'GetObjectVersionTagging'],
      PutObjectTagging: ['PutObjectTagging', 'PutObjectVersionTagging'],
      GetObjectAcl: ['GetObjectAcl', 'GetObjectVersionAcl'],
      PutObjectAcl: ['PutObjectAcl', 'PutObjectVersionAcl'],
      // Helpers that are not operations: `s3.upload`, `createPresignedPost`, and `Upload` of `lib-storage`.
      Upload: WRITE_OBJECT,
      CreatePresignedPost: WRITE_OBJECT,
    },
  },
  sqs: {
    clients: ['client-sqs'],
    classes: ['SQS'],
    calls: {
      ...same('SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'),
      ...same('GetQueueUrl', 'GetQueueAttributes', 'ListQueues', 'PurgeQueue'),
      SendMessageBatch: ['SendMessage'],
      DeleteMessageBatch: ['DeleteMessage'],
      ChangeMessageVisibilityBatch: ['ChangeMessageVisibility'],
    },
  },
  sns: {
    clients: ['client-sns'],
    classes: ['SNS'],
    calls: {
      ...same('Publish', 'Subscribe', 'Unsubscribe', 'ListTopics', 'ListSubscriptionsByTopic'),
      ...same('ConfirmSubscription', 'CreatePlatformEndpoint', 'DeleteEndpoint'),
      ...same('GetEndpointAttributes', 'SetEndpointAttributes'),
      PublishBatch: ['Publish'],
    },
  },
  events: {
    clients: ['client-eventbridge', 'client-cloudwatch-events'],
    classes: ['EventBridge', 'CloudWatchEvents'],
    calls: same('PutEvents'),
  },
  kinesis: {
    clients: ['client-kinesis'],
    classes: ['Kinesis'],
    calls: {
      ...same('PutRecord', 'PutRecords', 'GetRecords', 'GetShardIterator', 'ListShards'),
      ...same('DescribeStream', 'DescribeStreamSummary', 'ListStreams'),
    },
  },
  secretsmanager: {
    clients: ['client-secrets-manager'],
    classes: ['SecretsManager'],
    calls: {
      ...same('GetSecretValue', 'DescribeSecret', 'ListSecrets', 'PutSecretValue'),
      BatchGetSecretValue: ['BatchGetSecretValue', 'GetSecretValue', 'ListSecrets'],
    },
  },
  ssm: {
    clients: ['client-ssm'],
    classes: ['SSM'],
    calls: {
      GetParameter: ['GetParameter', ...SECRET_TOO],
      GetParameters: ['GetParameters', ...SECRET_TOO],
      GetParametersByPath: ['GetParametersByPath'],
      PutParameter: ['PutParameter', 'AddTagsToResource'],
      ...same('DeleteParameter', 'DeleteParameters', 'DescribeParameters'),
    },
  },
  lambda: {
    clients: ['client-lambda'],
    classes: ['Lambda'],
    calls: {
      Invoke: ['InvokeFunction'],
      InvokeAsync: ['InvokeAsync', 'InvokeFunction'],
      InvokeWithResponseStream: ['InvokeFunction'],
    },
  },
  states: {
    clients: ['client-sfn'],
    classes: ['StepFunctions', 'SFN'],
    calls: {
      ...same('StartExecution', 'StartSyncExecution', 'StopExecution', 'DescribeExecution'),
      ...same('ListExecutions', 'GetExecutionHistory'),
      ...same('SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'),
    },
  },
  'cognito-idp': {
    clients: ['client-cognito-identity-provider'],
    classes: ['CognitoIdentityServiceProvider', 'CognitoIdentityProvider'],
    calls: {
      ...same('AdminGetUser', 'AdminCreateUser', 'AdminDeleteUser', 'AdminSetUserPassword'),
      ...same('AdminUpdateUserAttributes', 'AdminConfirmSignUp', 'AdminInitiateAuth'),
      ...same('AdminRespondToAuthChallenge', 'AdminAddUserToGroup', 'AdminRemoveUserFromGroup'),
      ...same('AdminListGroupsForUser', 'AdminDisableUser', 'AdminEnableUser'),
      ...same('AdminUserGlobalSignOut', 'AdminResetUserPassword', 'ListUsers', 'ListUsersInGroup'),
    },
  },
  'execute-api': {
    clients: ['client-apigatewaymanagementapi'],
    classes: ['ApiGatewayManagementApi'],
    calls: {
      PostToConnection: ['ManageConnections', 'Invoke'],
      GetConnection: ['ManageConnections', 'Invoke'],
      DeleteConnection: ['ManageConnections', 'Invoke'],
    },
  },
  cloudwatch: {
    clients: ['client-cloudwatch'],
    classes: ['CloudWatch'],
    calls: same('PutMetricData', 'GetMetricData', 'GetMetricStatistics', 'ListMetrics'),
  },
  ses: { clients: ['client-ses', 'client-sesv2'], classes: ['SES', 'SESV2', 'SESv2'], calls: {} },
  firehose: { clients: ['client-firehose'], classes: ['Firehose'], calls: {} },
};

/** Packages of the SDK that call nothing. */
const PASSIVE = new Set([
  'types',
  'util-dynamodb',
  'util-create-request',
  's3-request-presigner',
  'util-format-url',
  'util-arn-parser',
  'node-http-handler',
  'smithy-client',
]);

/** The service of a package of the SDK; `none` if it calls nothing; undefined if its calls may need other permissions too. */
export function serviceOfPackage(name: string): string | undefined {
  const short = name.replace(/^@aws-sdk\//, '').split('/')[0] ?? '';
  if (PASSIVE.has(short)) {
    return 'none';
  }
  return Object.keys(SERVICES).find(
    (service) => SERVICES[service]?.clients.includes(short) === true,
  );
}

/** The service of a class with one method an operation: `DynamoDB`, `StepFunctions`. */
export function serviceOfClass(name: string): string | undefined {
  return Object.keys(SERVICES).find(
    (service) => SERVICES[service]?.classes.includes(name) === true,
  );
}

/** The actions that an operation needs; undefined if they are not known for certain. */
export function actionsOf(service: string, operation: string): readonly string[] | undefined {
  return SERVICES[service]?.calls[operation]?.map((one) =>
    one.includes(':') ? one : `${service}:${one}`,
  );
}

/** The operations that only version 2 has. */
const ONLY_VERSION_2: Readonly<Record<string, readonly string[]>> = {
  s3: [
    'GetBucketLifecycle',
    'PutBucketLifecycle',
    'GetBucketNotification',
    'PutBucketNotification',
  ],
};

function operationsOf(service: string): string[] {
  return [
    ...((operations as Readonly<Record<string, readonly string[]>>)[service] ?? []),
    ...(ONLY_VERSION_2[service] ?? []),
    ...Object.keys(SERVICES[service]?.calls ?? {}),
  ];
}

/** The names of the actions that the operations of a service need: `PutItem`. */
export function actionNames(service: string): ReadonlySet<string> {
  return new Set(
    operationsOf(service)
      .flatMap((name) => actionsOf(service, name) ?? [`${service}:${name}`])
      .filter((action) => action.startsWith(`${service}:`))
      .map((action) => action.slice(service.length + 1)),
  );
}

/** The operations of a service by the names of their methods: `putItem`. */
export function methodsOf(service: string): ReadonlyMap<string, string> {
  const all = operationsOf(service);
  return new Map(all.map((name) => [name.charAt(0).toLowerCase() + name.slice(1), name]));
}

/** Whether the operations of a service are known at all. Otherwise a client means all of its actions. */
export function hasOperations(service: string): boolean {
  return service in operations;
}
