import type { ResourceModel } from '../../model';
import { camel } from '../../names';
import { listOf, referenceOf, referencesIn } from '../../value';
import type { Item } from '../item';
import { call, code, object, quote, statement } from '../print';
import { Scope } from '../scope';
import { mapNode } from '../values';
import { l1Of, propsNode } from './l1';
import { writeManaged } from './managed-resource';
import { MadeResource, madeTargets, writeResourcePolicy } from './resource-policy';
import { settingsOf } from './resource-settings';

/** Types that the library creates itself, or that belong to parts of the framework that the app does not have. */
const LIBRARY_MAKES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Application':
    'an application from the Serverless Application Repository is not carried over',
  'AWS::Serverless::Connector': 'a connector is not carried over: give the functions `access`',
  'AWS::Serverless::GraphQLApi': 'the library has no AppSync API',
  'AWS::Serverless::WebSocketApi': 'write `app.onSocket("$connect", …)` for each of its routes',
  'AWS::CloudFormation::Stack':
    'a nested stack is not carried over: migrate its template by itself',
};

/** @param made the buckets and topics that the library creates, with a policy */
export function resourceItem(
  resource: ResourceModel,
  scope: Scope,
  isTrigger: boolean,
  made: readonly MadeResource[],
): Item {
  const targets = madeTargets(resource, made);
  return {
    id: resource.logicalId,
    needs: [...referencesIn(resource.properties), ...resource.dependsOn, ...targets],
    write: () => {
      const reason = reasonAgainst(resource.type);
      if (reason !== undefined) {
        scope.withdraw(resource.logicalId);
        scope.note('lost', resource.at, `${resource.type} is not carried over: ${reason}`);
        return [];
      }
      if (targets.length > 0) {
        return splitPolicy(resource, targets, scope);
      }
      return isTrigger && /::(Bucket|UserPool)$/.test(resource.type)
        ? writeManaged(resource, scope)
        : writeL1(resource, scope);
    },
  };
}

/** Writes the part of a policy for the resources that the library creates, and the part for the topics that the definition declares. */
function splitPolicy(resource: ResourceModel, targets: readonly string[], scope: Scope): string[] {
  const others = listOf(resource.properties.Topics).filter(
    (one) => !targets.includes(referenceOf(one) ?? ''),
  );
  const rest = { ...resource, properties: { ...resource.properties, Topics: others } };
  return [
    ...writeResourcePolicy(resource, targets, scope),
    ...(others.length === 0 ? [] : writeL1(rest, scope)),
  ];
}

function reasonAgainst(type: string): string | undefined {
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
