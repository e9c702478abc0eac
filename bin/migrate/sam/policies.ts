import type { AccessKind, Grant, Note, StatementModel } from '../model';
import { statementOf } from '../serverless/settings';
import { intrinsicOf, listOf, mapOf, textOf, Value } from '../value';

/** SAM's policy templates: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html */
const TEMPLATES: Readonly<Record<string, readonly [argument: string, ...access: AccessKind[]]>> = {
  DynamoDBCrudPolicy: ['TableName', 'readWrite'],
  DynamoDBReadPolicy: ['TableName', 'read'],
  DynamoDBWritePolicy: ['TableName', 'write'],
  S3CrudPolicy: ['BucketName', 'readWrite'],
  S3FullAccessPolicy: ['BucketName', 'readWrite'],
  S3ReadPolicy: ['BucketName', 'read'],
  S3WritePolicy: ['BucketName', 'write'],
  SQSSendMessagePolicy: ['QueueName', 'send'],
  SNSPublishMessagePolicy: ['TopicName', 'publish'],
  SNSCrudPolicy: ['TopicName', 'publish'],
  KinesisCrudPolicy: ['StreamName', 'readWrite'],
  LambdaInvokePolicy: ['FunctionName', 'invoke'],
  StepFunctionsExecutionPolicy: ['StateMachineName', 'startExecution'],
  EventBridgePutEventsPolicy: ['EventBusName', 'putEvents'],
  AWSSecretsManagerGetSecretValuePolicy: ['SecretArn', 'secret'],
};

/** The services of the templates by their arguments. */
const SERVICE_OF: Readonly<Record<string, string>> = {
  TableName: 'dynamodb',
  BucketName: 's3',
  QueueName: 'sqs',
  TopicName: 'sns',
  StreamName: 'kinesis',
  FunctionName: 'lambda',
  StateMachineName: 'states',
  EventBusName: 'events',
  SecretArn: 'secretsmanager',
};

/** Templates that the triggers, or the app, make unnecessary. */
const IN_TRIGGERS = new Set([
  'SQSPollerPolicy',
  'DynamoDBStreamReadPolicy',
  'KinesisStreamReadPolicy',
  'VPCAccessPolicy',
]);

/** Managed policies whose permissions the role of each function already has. */
const BASIC =
  /^(arn:aws:iam::aws:policy\/)?(service-role\/)?AWSLambda(BasicExecutionRole|SQSQueueExecutionRole|DynamoDBExecutionRole|KinesisExecutionRole)$/;

export interface Policies {
  readonly grants: readonly Grant[];
  readonly statements: readonly StatementModel[];
  readonly managed: readonly Value[];
}

const arn = (resource: string, name: Value): Value => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, resource, name]],
});
const PLACE: readonly Value[] = [{ Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }];
const placed = (service: string, kind: string, name: Value): Value => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:`, ...PLACE, kind, name]],
});

export function readPolicies(given: Value, at: string, note: (note: Note) => void): Policies {
  const grants: Grant[] = [];
  const statements: StatementModel[] = [];
  const managed: Value[] = [];
  for (const policy of listOf(given)) {
    const map = mapOf(policy);
    if (typeof policy === 'string' || intrinsicOf(policy) !== undefined) {
      if (!BASIC.test(textOf(policy) ?? '')) {
        managed.push(policy);
      }
    } else if (map.Statement !== undefined) {
      statements.push(...listOf(map.Statement).map(statementOf));
    } else {
      const [name = '', argument] = Object.entries(map)[0] ?? [];
      const [key, ...access] = TEMPLATES[name] ?? [];
      const extra = statementFor(name, mapOf(argument));
      if (key !== undefined) {
        const service = SERVICE_OF[key] ?? '';
        grants.push(
          ...access.map((one) => ({ access: one, target: mapOf(argument)[key], service })),
        );
      } else if (extra !== undefined) {
        statements.push(extra);
      } else if (!IN_TRIGGERS.has(name)) {
        note({
          kind: 'lost',
          at: `${at}.Policies`,
          text: `the policy template ${name} is not carried over: write its statements as \`initialPolicy\``,
        });
      }
    }
  }
  return { grants, statements, managed };
}

function statementFor(
  name: string,
  argument: Readonly<Record<string, Value>>,
): StatementModel | undefined {
  const allow = (actions: readonly string[], resources: Value): StatementModel => ({
    effect: 'Allow',
    actions,
    resources,
  });
  switch (name) {
    case 'SSMParameterReadPolicy':
      return allow(
        ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
        placed('ssm', ':parameter/', argument.ParameterName),
      );
    case 'SSMParameterWithSlashPrefixReadPolicy':
      return allow(
        ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
        placed('ssm', ':parameter', argument.ParameterName),
      );
    case 'SESCrudPolicy':
    case 'SESSendBouncePolicy':
      return allow(
        ['ses:SendEmail', 'ses:SendRawEmail'],
        placed('ses', ':identity/', argument.IdentityName),
      );
    case 'RekognitionDetectOnlyPolicy':
      return allow(
        [
          'rekognition:DetectFaces',
          'rekognition:DetectLabels',
          'rekognition:DetectModerationLabels',
          'rekognition:DetectText',
        ],
        '*',
      );
    case 'CloudWatchPutMetricPolicy':
      return allow(['cloudwatch:PutMetricData'], '*');
    case 'KMSDecryptPolicy':
      return allow(['kms:Decrypt'], placed('kms', ':key/', argument.KeyId));
    case 'S3ReadOnlyPolicy':
      return allow(['s3:GetObject'], arn(':s3:::', argument.BucketName));
    default:
      return undefined;
  }
}
