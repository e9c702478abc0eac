import type { ResourceModel } from '../../model';
import { mapOf, textOf, Value } from '../../value';
import { call, code, Node, object, quote, statement } from '../print';
import { NotCarried, Reference, Scope } from '../scope';
import { listNode } from '../values';

/** The resource as the interface that triggers and accesses take. */
export function interfaceOf(logicalId: string, scope: Scope): string {
  const known = scope.find(`interface:${logicalId}`);
  if (known !== undefined) {
    return known.constName;
  }
  const found = scope.find(logicalId);
  if (found === undefined) {
    throw new NotCarried(`it refers to ${logicalId}, which the app does not have`);
  }
  return found.constName;
}

const IMPORTED: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'dynamodb.Table.fromTableAttributes',
  'AWS::DynamoDB::GlobalTable': 'dynamodb.TableV2.fromTableAttributes',
  'AWS::S3::Bucket': 's3.Bucket.fromBucketAttributes',
  'AWS::SQS::Queue': 'sqs.Queue.fromQueueAttributes',
  'AWS::SNS::Topic': 'sns.Topic.fromTopicAttributes',
  'AWS::Kinesis::Stream': 'kinesis.Stream.fromStreamAttributes',
  'AWS::Events::EventBus': 'events.EventBus.fromEventBusName',
  'AWS::SecretsManager::Secret': 'secretsmanager.Secret.fromSecretAttributes',
  'AWS::SSM::Parameter': 'ssm.StringParameter.fromStringParameterAttributes',
  'AWS::Cognito::UserPool': 'cognito.UserPool.fromUserPoolId',
};

/** `const orders = dynamodb.Table.fromTableAttributes(…)` for a resource that functions use. */
export function interfaceLines(resource: ResourceModel, scope: Scope): string[] {
  const factory = IMPORTED[resource.type];
  const found = scope.find(resource.logicalId);
  if (factory === undefined || found === undefined) {
    return [];
  }
  const { constName: l1 } = found;
  const [module = ''] = factory.split('.');
  scope.module(module);
  const name = scope.names.claim(`${l1}Ref`);
  const kmsKey =
    mapOf(resource.properties.SSESpecification).KMSMasterKeyId ??
    resource.properties.KmsMasterKeyId;
  if (kmsKey !== undefined && textOf(kmsKey) !== undefined) {
    scope.note(
      'check',
      resource.at,
      'it is encrypted with a key: give the functions that use it `kms:Decrypt` and `kms:GenerateDataKey`, if they lack them',
    );
  }
  const attributes = attributesOf(resource, found, scope);
  scope.declare(`interface:${resource.logicalId}`, {
    constName: name,
    ref: found.ref,
    attribute: found.attribute,
  });
  return [
    statement(
      `const ${name} = `,
      call(factory, [code('stack'), quote(`${resource.logicalId}Ref`), attributes]),
    ),
  ];
}

function attributesOf(
  { type, properties }: ResourceModel,
  { constName: l1, attribute }: Reference,
  scope: Scope,
): Node {
  switch (type) {
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable': {
      const stream =
        properties.StreamSpecification === undefined ? undefined : code(attribute('StreamArn'));
      const indexes = [
        ...listOfMaps(properties.GlobalSecondaryIndexes),
        ...listOfMaps(properties.LocalSecondaryIndexes),
      ];
      return object({
        tableName: code(`${l1}.ref`),
        tableStreamArn: stream,
        globalIndexes:
          indexes.length === 0
            ? undefined
            : listNode(
                indexes.map((one) => one.IndexName),
                scope,
              ),
      });
    }
    case 'AWS::S3::Bucket':
      return object({ bucketName: code(`${l1}.ref`) });
    case 'AWS::SQS::Queue':
      return object({
        queueArn: code(attribute('Arn')),
        fifo: properties.FifoQueue === true ? code('true') : undefined,
      });
    case 'AWS::SNS::Topic':
      return object({
        topicArn: code(`${l1}.ref`),
        fifo: properties.FifoTopic === true ? code('true') : undefined,
      });
    case 'AWS::Kinesis::Stream':
      return object({ streamArn: code(attribute('Arn')) });
    case 'AWS::SecretsManager::Secret':
      return object({ secretCompleteArn: code(`${l1}.ref`) });
    case 'AWS::SSM::Parameter':
      return object({
        parameterName: code(`${l1}.ref`),
        simpleName: code(String(!(textOf(properties.Name) ?? '').startsWith('/'))),
      });
    default:
      return code(`${l1}.ref`);
  }
}

function listOfMaps(value: Value): ReadonlyArray<ReturnType<typeof mapOf>> {
  return Array.isArray(value) ? value.map(mapOf) : [];
}
