import type { StatementModel } from '../model';
import { isList, isMap, textOf, Value } from '../value';
import { call, code, Node, object, quote, statement } from './print';
import { imported } from './resource/imported';
import { Scope } from './scope';
import { flagNode, keyText, listNode, textNode } from './values';

export function statementNode(model: StatementModel, scope: Scope): Node {
  const iam = scope.module('iam');
  return call(`new ${iam}.PolicyStatement`, [
    object({
      effect: model.effect === 'Deny' ? code(`${iam}.Effect.DENY`) : undefined,
      actions: model.actions === undefined ? undefined : listNode(model.actions, scope),
      notActions: model.notActions === undefined ? undefined : listNode(model.notActions, scope),
      resources: model.resources === undefined ? undefined : listNode(model.resources, scope),
      notResources:
        model.notResources === undefined ? undefined : listNode(model.notResources, scope),
      conditions: model.condition === undefined ? undefined : conditionNode(model.condition, scope),
    }),
  ]);
}

function conditionNode(value: Value, scope: Scope): Node {
  if (isMap(value) && Object.keys(value).every((key) => key !== 'Ref' && !key.startsWith('Fn::'))) {
    return object(
      Object.fromEntries(
        Object.entries(value).map(([key, one]) => [keyText(key), conditionNode(one, scope)]),
      ),
    );
  }
  if (typeof value === 'boolean') {
    return flagNode(value, scope);
  }
  return isList(value) ? listNode(value, scope) : textNode(value, scope);
}

export function managedPolicy(policy: Value, name: string, scope: Scope): string {
  const text = textOf(policy);
  const iam = scope.module('iam');
  const awsName =
    text?.startsWith('arn:') === true ? /^arn:aws:iam::aws:policy\/(.+)$/.exec(text)?.[1] : text;
  const node =
    awsName === undefined
      ? imported(
          'policy',
          policy,
          (id) =>
            call(`${iam}.ManagedPolicy.fromManagedPolicyArn`, [
              code('stack'),
              quote(id),
              textNode(policy, scope),
            ]),
          scope,
        )
      : call(`${iam}.ManagedPolicy.fromAwsManagedPolicyName`, [quote(awsName)]);
  const before = scope.before.splice(0);
  return [...before, statement('', call(`${name}.role.addManagedPolicy`, [node]))].join('\n');
}
