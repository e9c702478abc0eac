import type { EventModel, ResourceModel, SourceModel } from '../../model';
import { camel } from '../../names';
import { mapOf, referencesIn, textOf } from '../../value';
import type { Item } from '../item';
import { call, code, object, quote, statement } from '../print';
import { NotCarried, Scope } from '../scope';
import { anyNode, textNode } from '../values';
import { settingsOf } from './resource-settings';

/** The buckets and the user pools that run functions: the library must create them, since the trigger is a setting of the resource. */
export function madeByTrigger(events: readonly EventModel[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) =>
      event.kind === 'bucket' || event.kind === 'userPool'
        ? (event.source.logicalId ?? event.source.makes ?? [])
        : [],
    ),
  );
}

/** A bucket or a user pool as the library and the CDK create it, overridden with the properties and the logical id of the source. */
export function writeManaged(resource: ResourceModel, scope: Scope): string[] {
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
    // Otherwise the library deletes a bucket with the stack, other than in production.
    removalPolicy: code(`${scope.cdk('RemovalPolicy')}.RETAIN`),
  });
  const node = isBucket
    ? call('app.addBucket', [quote(logicalId), props])
    : call(`new ${scope.module('cognito')}.UserPool`, [code('stack'), quote(logicalId), props]);
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
    `${l1}.overrideLogicalId(${quote(logicalId).text}); // keeps the existing resource`,
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

/** The resource that the framework creates for an event that only names a bucket, a topic, a bus or a user pool. */
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
