import type {
  EventModel,
  ResourceModel,
  StateMachineModel,
  LayerModel,
  SourceModel,
} from '../model';
import { camel } from '../names';
import { isMap, mapOf, referencesIn, textOf, Value } from '../value';
import { l1Of, propsNode } from './l1';
import { call, code, Node, object, quote, statement } from './print';
import { NotCarried, Reference, Scope } from './scope';
import { anyNode, keyText, listNode, mapNode, textNode } from './values';

/** A statement of app.ts, and what must stand before it. */
export interface Item {
  readonly id: string;
  readonly needs: readonly string[];
  readonly write: () => readonly string[];
}

/** Types that hold data, which the app retains and the import map names. */
export const HOLDS_DATA = new Set([
  'AWS::Cognito::UserPool',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Kinesis::Stream',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
]);

/** Types that the library makes itself, or that belong to parts of the framework that the app does not have. */
const LIBRARY_MAKES: Readonly<Record<string, string>> = {
  'AWS::Lambda::Permission': 'the triggers permit what runs a function',
  'AWS::Serverless::Application':
    'an application of the Serverless Application Repository is not carried over',
  'AWS::Serverless::Connector': 'a connector is not carried over: give the functions `access`',
  'AWS::Serverless::GraphQLApi': 'the library has no AppSync API',
  'AWS::Serverless::WebSocketApi': 'write `app.onSocket("$connect", …)` for each of its routes',
  'AWS::CloudFormation::Stack':
    'a nested stack is not carried over: migrate its template by itself',
  'AWS::CloudFormation::CustomResource':
    'a custom resource is not carried over: write `new CustomResource(…)`',
};

/** The buckets and the user pools that run functions: the library must make them, since the trigger is a setting of the resource. */
export function madeByTrigger(events: readonly EventModel[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) =>
      event.kind === 'bucket' || event.kind === 'userPool'
        ? (event.source.logicalId ?? event.source.makes ?? [])
        : [],
    ),
  );
}

export function resourceItem(resource: ResourceModel, scope: Scope, isTrigger: boolean): Item {
  return {
    id: resource.logicalId,
    needs: [...referencesIn(resource.properties), ...resource.dependsOn],
    write: () => {
      const reason = reasonAgainst(resource.type);
      if (reason !== undefined) {
        scope.note('lost', resource.at, `${resource.type} is not carried over: ${reason}`);
        return [];
      }
      return isTrigger && /::(Bucket|UserPool)$/.test(resource.type)
        ? writeManaged(resource, scope)
        : writeL1(resource, scope);
    },
  };
}

function reasonAgainst(type: string): string | undefined {
  if (type.startsWith('Custom::')) {
    return LIBRARY_MAKES['AWS::CloudFormation::CustomResource'];
  }
  return LIBRARY_MAKES[type];
}

function writeL1(resource: ResourceModel, scope: Scope): string[] {
  const { logicalId, type, properties } = resource;
  const name = scope.names.claim(camel(logicalId));
  const props = propsNode(type, properties, scope);
  const l1 = props === undefined ? undefined : l1Of(type);
  const hasProps = Object.keys(properties).length > 0;
  const node =
    l1 === undefined
      ? call(`new ${scope.cdk('CfnResource')}`, [
          code('stack'),
          quote(logicalId),
          object({
            type: quote(type),
            properties: hasProps ? mapNode(properties, scope) : undefined,
          }),
        ])
      : call(`new ${scope.moduleOf(l1.module)}.${l1.class}`, [
          code('stack'),
          quote(logicalId),
          ...(hasProps && props !== undefined ? [props] : []),
        ]);
  scope.declare(logicalId, {
    constName: name,
    ref: () => `${name}.ref`,
    attribute: (attribute) => {
      const typed = `attr${attribute.replaceAll('.', '')}`;
      return l1?.attributes.includes(typed) === true
        ? `${name}.${typed}`
        : `${name}.getAtt(${quote(attribute).text}).toString()`;
    },
  });
  return [statement(`const ${name} = `, node), ...settingsOf(resource, name, scope)];
}

function settingsOf(resource: ResourceModel, name: string, scope: Scope): string[] {
  const lines: string[] = [];
  const { deletionPolicy = 'Delete', type, condition } = resource;
  const snapshot = deletionPolicy === 'Snapshot' ? 'SNAPSHOT' : 'RETAIN';
  if (deletionPolicy !== 'Delete' || HOLDS_DATA.has(type)) {
    lines.push(`${name}.applyRemovalPolicy(${scope.cdk('RemovalPolicy')}.${snapshot});`);
  }
  const condition_ = condition === undefined ? undefined : scope.find(`condition:${condition}`);
  if (condition_ !== undefined) {
    lines.push(`${name}.cfnOptions.condition = ${condition_.constName};`);
  }
  for (const id of resource.dependsOn) {
    const other = scope.find(id);
    const isL1 = scope.definition.resources.some(({ logicalId }) => logicalId === id);
    if (other !== undefined && isL1) {
      lines.push(`${name}.node.addDependency(${other.constName});`);
    }
  }
  return lines;
}

/** A bucket or a user pool as the library and the CDK make it, with the properties of the source over it, and its logical id. */
function writeManaged(resource: ResourceModel, scope: Scope): string[] {
  const { logicalId, type, properties } = resource;
  const isBucket = type === 'AWS::S3::Bucket';
  const nameProperty = isBucket ? 'BucketName' : 'UserPoolName';
  const name = scope.names.claim(camel(logicalId));
  const adminOnly = mapOf(properties.AdminCreateUserConfig).AllowAdminCreateUserOnly;
  const props = object({
    [isBucket ? 'bucketName' : 'userPoolName']:
      properties[nameProperty] === undefined
        ? undefined
        : textNode(properties[nameProperty], scope),
    selfSignUpEnabled: isBucket || adminOnly === true ? undefined : code('true'),
  });
  const args = props.entries.length === 0 ? [] : [props];
  const node = isBucket
    ? call('app.addBucket', [quote(logicalId), ...args])
    : call(`new ${scope.module('cognito')}.UserPool`, [code('stack'), quote(logicalId), ...args]);
  declareManaged(logicalId, name, isBucket, scope);
  const l1 = scope.names.claim(`cfn${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  const module = scope.module(isBucket ? 's3' : 'cognito');
  const others = Object.entries(properties).filter(
    ([key]) => ![nameProperty, 'NotificationConfiguration', 'LambdaConfig'].includes(key),
  );
  return [
    statement(`const ${name} = `, node),
    statement(
      `const ${l1} = `,
      code(`${name}.node.defaultChild as ${module}.${isBucket ? 'CfnBucket' : 'CfnUserPool'}`),
    ),
    `${l1}.overrideLogicalId(${quote(logicalId).text}); // the resource stays the same one`,
    ...others.map(([key, value]) =>
      statement('', call(`${l1}.addPropertyOverride`, [quote(key), anyNode(value, scope)])),
    ),
    ...(resource.condition === undefined
      ? []
      : settingsOf({ ...resource, dependsOn: [] }, l1, scope)),
  ];
}

function declareManaged(logicalId: string, name: string, isBucket: boolean, scope: Scope): void {
  const attributes: Readonly<Record<string, string>> = isBucket
    ? {
        Arn: 'bucketArn',
        DomainName: 'bucketDomainName',
        RegionalDomainName: 'bucketRegionalDomainName',
        WebsiteURL: 'bucketWebsiteUrl',
      }
    : {
        Arn: 'userPoolArn',
        ProviderName: 'userPoolProviderName',
        ProviderURL: 'userPoolProviderUrl',
        UserPoolId: 'userPoolId',
      };
  scope.declare(logicalId, {
    constName: name,
    ref: () => `${name}.${isBucket ? 'bucketName' : 'userPoolId'}`,
    attribute: (attribute) => {
      const found = attributes[attribute];
      if (found === undefined) {
        throw new NotCarried(`it refers to ${logicalId}.${attribute}`);
      }
      return `${name}.${found}`;
    },
  });
}

/** What the framework makes for an event that only names a bucket, a topic, a bus or a user pool. */
export function madeItem(
  source: SourceModel,
  kind: EventModel['kind'] | 'bus',
  scope: Scope,
): Item {
  const id = source.makes ?? '';
  return {
    id,
    needs: referencesIn(source.name),
    write: () => {
      const text = textOf(source.name) ?? id.replace(/^(SNSTopic|S3Bucket|CognitoUserPool)/, '');
      const name = scope.names.claim(camel(text));
      const given = textNode(source.name, scope);
      if (kind === 'topic') {
        scope.declare(id, {
          constName: name,
          ref: () => `${name}.topicArn`,
          attribute: (one) => `${name}.${one === 'TopicName' ? 'topicName' : 'topicArn'}`,
        });
        return [
          statement(
            `const ${name} = `,
            call('app.addTopic', [quote(id), object({ topicName: given })]),
          ),
        ];
      }
      if (kind === 'bus') {
        scope.declare(id, {
          constName: name,
          ref: () => `${name}.eventBusName`,
          attribute: (one) => `${name}.${one === 'Arn' ? 'eventBusArn' : 'eventBusName'}`,
        });
        return [
          statement(
            `const ${name} = `,
            call(`new ${scope.module('events')}.EventBus`, [
              code('stack'),
              quote(id),
              object({ eventBusName: given }),
            ]),
          ),
        ];
      }
      const isBucket = kind === 'bucket';
      return writeManaged(
        {
          logicalId: id,
          type: isBucket ? 'AWS::S3::Bucket' : 'AWS::Cognito::UserPool',
          properties: { [isBucket ? 'BucketName' : 'UserPoolName']: source.name },
          dependsOn: [],
          at: id,
        },
        scope,
      );
    },
  };
}

export function layerItem(layer: LayerModel, scope: Scope, exists: boolean): Item {
  return {
    id: layer.logicalId,
    needs: referencesIn(layer.name),
    write: () => {
      if (!exists) {
        scope.note(
          'lost',
          layer.at,
          `the layer is not carried over: there is no folder ${layer.path}`,
        );
        return [];
      }
      const name = scope.names.claim(camel(layer.logicalId));
      const reference: Reference = {
        constName: name,
        ref: () => `${name}.layerVersionArn`,
        attribute: () => `${name}.layerVersionArn`,
      };
      scope.declare(layer.logicalId, reference);
      const lambda = scope.module('lambda');
      return [
        statement(
          `const ${name} = `,
          call(`new ${lambda}.LayerVersion`, [
            code('stack'),
            quote(layer.logicalId),
            object({
              code: call(`${lambda}.Code.fromAsset`, [quote(pathFrom(scope.root, layer.path))]),
              layerVersionName: layer.name === undefined ? undefined : textNode(layer.name, scope),
              description:
                layer.description === undefined ? undefined : textNode(layer.description, scope),
            }),
          ]),
        ),
      ];
    },
  };
}

export function pathFrom(root: string, file: string): string {
  const plain = file.replace(/^\.\//, '').replace(/\/$/, '');
  return root === '.' ? (plain === '' ? '.' : plain) : `${root}/${plain}`;
}

export function stateMachineItem(
  machine: StateMachineModel,
  scope: Scope,
  grants: (name: string) => readonly string[],
): Item {
  return {
    id: machine.logicalId,
    needs: [
      ...referencesIn(machine.definition),
      ...referencesIn(machine.substitutions),
      ...machine.grants.flatMap(({ target }) => referencesIn(target)),
      ...machine.statements.flatMap(({ resources }) => referencesIn(resources)),
    ],
    write: () => {
      const name = scope.names.claim(camel(machine.logicalId));
      const sfn = scope.module('sfn');
      const body = bodyOf(machine, scope, sfn);
      if (body === undefined) {
        scope.note(
          'lost',
          machine.at,
          'the state machine is not carried over: its definition cannot be read',
        );
        return [];
      }
      scope.declare(machine.logicalId, {
        constName: name,
        ref: () => `${name}.stateMachineArn`,
        attribute: (one) => `${name}.${one === 'Name' ? 'stateMachineName' : 'stateMachineArn'}`,
      });
      const substitutions = Object.entries(machine.substitutions).map(
        ([key, one]) => [keyText(key), textNode(one, scope)] as const,
      );
      return [
        statement(
          `const ${name} = `,
          call(`new ${sfn}.StateMachine`, [
            code('stack'),
            quote(machine.logicalId),
            object({
              stateMachineName:
                machine.name === undefined ? undefined : textNode(machine.name, scope),
              stateMachineType: machine.express
                ? code(`${sfn}.StateMachineType.EXPRESS`)
                : undefined,
              definitionBody: body,
              definitionSubstitutions:
                substitutions.length === 0 ? undefined : object(Object.fromEntries(substitutions)),
              role:
                machine.role === undefined
                  ? undefined
                  : call(`${scope.module('iam')}.Role.fromRoleArn`, [
                      code('stack'),
                      quote(`${machine.logicalId}Role`),
                      textNode(machine.role, scope),
                    ]),
            }),
          ]),
        ),
        ...grants(name),
      ];
    },
  };
}

function bodyOf(machine: StateMachineModel, scope: Scope, sfn: string): Node | undefined {
  if (machine.file !== undefined) {
    return call(`${sfn}.DefinitionBody.fromFile`, [quote(pathFrom(scope.root, machine.file))]);
  }
  if (machine.definition === undefined) {
    return undefined;
  }
  const text = isMap(machine.definition)
    ? call('stack.toJsonString', [anyNode(machine.definition, scope)])
    : textNode(machine.definition, scope);
  return call(`${sfn}.DefinitionBody.fromString`, [text]);
}

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
