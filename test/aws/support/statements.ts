import type { PlacedResources } from '../../../bin/diff/placed-resource';
import { isRecord } from '../../../bin/diff/template';
import { arnText } from './arn-text';

/** A statement of a policy that allows something. */
export interface Statement {
  readonly where: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditionKeys: readonly string[];
}

/** The statements that allow something, those of trust policies apart: they name no resource. */
export function statementsOf(resources: PlacedResources): Statement[] {
  return [...resources.values()].flatMap(({ type, address, properties }) =>
    policyDocuments(properties)
      .flatMap(({ Statement: statements }) => statements)
      .filter(({ Effect, Resource }) => Effect === 'Allow' && Resource !== undefined)
      .map(({ Action, Resource, Condition }) => ({
        where: `${type} ${address}`,
        actions: [Action ?? []].flat().filter((action) => action !== 'kms:*'),
        resources: [Resource].flat().map((resource) => arnText(resource, resources)),
        conditionKeys: Object.values(Condition ?? {}).flatMap(Object.keys),
      })),
  );
}

interface PolicyDocument {
  readonly Statement: ReadonlyArray<{
    readonly Effect: string;
    readonly Action?: string | string[];
    readonly Resource?: unknown;
    readonly Condition?: Readonly<Record<string, object>>;
  }>;
}

function policyDocuments(value: unknown): PolicyDocument[] {
  if (Array.isArray(value)) {
    return value.flatMap(policyDocuments);
  }
  if (!isRecord(value)) {
    return [];
  }
  return Array.isArray(value.Statement)
    ? [value as unknown as PolicyDocument]
    : Object.values(value).flatMap(policyDocuments);
}
