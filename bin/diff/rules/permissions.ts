import type { Finding } from '../finding';
import { formatValue, nameOf } from '../labels';
import type { PlacedResource, PlacedResources } from '../placed-resource';
import type { Plan } from '../plan';
import { stableJson } from '../references';
import { isRecord } from '../template';

interface Grant {
  /** The principal: a function, a role or a service. */
  readonly who: string;
  readonly action: string;
  /** The resources, as text. */
  readonly on: string;
}

/** Permissions that are added and removed. */
export function permissions(plan: Plan): Finding[] {
  const [was, is] = [grantsIn(plan.before), grantsIn(plan.after)];
  const only = (some: Map<string, Grant>, others: Map<string, Grant>): Grant[] =>
    [...some].filter(([key]) => !others.has(key)).map(([, grant]) => grant);
  return [
    ...findings('permission-added', 'may now', only(is, was)),
    ...findings('permission-removed', 'may no longer', only(was, is)),
  ];
}

/** One finding for all actions that a principal gains or loses on one resource. */
function findings(
  kind: 'permission-added' | 'permission-removed',
  verb: string,
  grants: readonly Grant[],
): Finding[] {
  const groups = new Map<string, Grant[]>();
  for (const grant of grants) {
    const key = `${grant.who} ${grant.on}`;
    groups.set(key, [...(groups.get(key) ?? []), grant]);
  }
  return [...groups.values()].map((group) => {
    const [{ who, on } = { who: '', on: '' }] = group;
    const actions = group.map(({ action }) => action).sort();
    return { kind, resource: who, what: `${verb} ${actions.join(', ')} on ${on}` };
  });
}

function grantsIn(resources: PlacedResources): Map<string, Grant> {
  const grants = [...resources.values()].flatMap((resource) => grantsOf(resource, resources));
  return new Map(grants.map((grant) => [`${grant.who} ${grant.action} ${grant.on}`, grant]));
}

function grantsOf(resource: PlacedResource, resources: PlacedResources): Grant[] {
  const { type, properties } = resource;
  switch (type) {
    case 'AWS::IAM::Role':
      return statementsIn(properties.Policies, nameOf(resource.label), resource, resources).concat(
        managedPolicies(resource, resources),
      );
    case 'AWS::IAM::Policy':
    case 'AWS::IAM::ManagedPolicy': {
      const roles = Array.isArray(properties.Roles) ? (properties.Roles as unknown[]) : [];
      return roles.flatMap((role) =>
        statementsIn(properties.PolicyDocument, formatValue(role, resources), resource, resources),
      );
    }
    case 'AWS::Lambda::Permission':
      return [
        {
          who: formatValue(properties.Principal, resources),
          action: formatValue(properties.Action, resources),
          on: formatValue(properties.FunctionName, resources),
        },
      ];
    default:
      return statementsIn(properties, undefined, resource, resources);
  }
}

function managedPolicies(
  { label, properties }: PlacedResource,
  resources: PlacedResources,
): Grant[] {
  const { ManagedPolicyArns: arns } = properties;
  return (Array.isArray(arns) ? (arns as unknown[]) : []).map((arn) => ({
    who: nameOf(label),
    action: 'all',
    on: `what ${formatValue(arn, resources)} allows`,
  }));
}

/** The permissions in all policies of a value. `who` is the principal of statements that name none. */
function statementsIn(
  value: unknown,
  who: string | undefined,
  resource: PlacedResource,
  resources: PlacedResources,
): Grant[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => statementsIn(item, who, resource, resources));
  }
  if (!isRecord(value)) {
    return [];
  }
  if (!Array.isArray(value.Statement)) {
    return Object.values(value).flatMap((item) => statementsIn(item, who, resource, resources));
  }
  return (value.Statement as unknown[])
    .filter(isRecord)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) => {
      const { Action, Principal, Resource = resource.label, Condition } = statement;
      const where = Condition === undefined ? '' : ` (${conditionInWords(Condition, resources)})`;
      const principal = who ?? principalInWords(Principal, resources);
      return listOf(Action).flatMap((action) =>
        listOf(Resource).map((one) => ({
          who: principal,
          action: formatValue(action, resources),
          on: `${formatValue(one, resources)}${where}`,
        })),
      );
    });
}

function principalInWords(principal: unknown, resources: PlacedResources): string {
  return isRecord(principal)
    ? Object.values(principal)
        .map((one) => formatValue(one, resources))
        .join(', ')
    : formatValue(principal, resources);
}

function conditionInWords(condition: unknown, resources: PlacedResources): string {
  return isRecord(condition)
    ? Object.values(condition)
        .filter(isRecord)
        .flatMap((tests) => Object.entries(tests))
        .map(([key, value]) => `${key} ${formatValue(value, resources)}`)
        .join(', ')
    : stableJson(condition);
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}
