import type { SourceModel } from '../model';
import { attributeOf, referenceOf, Value } from '../value';

/** A resource of the definition, if the value refers to one; otherwise its ARN. */
export function sourceOf(value: Value): SourceModel {
  const logicalId = attributeOf(value)?.id ?? referenceOf(value);
  return logicalId === undefined ? { arn: value } : { logicalId, arn: value };
}
