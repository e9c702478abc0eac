import type { ResourceModel } from '../model';
import { listOf, mapOf, textOf, ValueMap } from '../value';

export function resourceOf(logicalId: string, value: ValueMap, at: string): ResourceModel {
  return {
    logicalId,
    type: textOf(value.Type) ?? '',
    properties: mapOf(value.Properties),
    dependsOn: listOf(value.DependsOn).flatMap((one) => textOf(one) ?? []),
    condition: textOf(value.Condition),
    deletionPolicy: textOf(value.DeletionPolicy),
    at: `${at}.${logicalId}`,
  };
}
