import { compareStacks, StackDifference } from '../../../../bin/diff/compare-stacks';
import type { StackTree, TemplateResource } from '../../../../bin/diff/template';

export type Resources = Readonly<Record<string, TemplateResource>>;

export function stack(
  resources: Resources,
  nested: StackTree['nested'] = {},
  outputs: Readonly<Record<string, { readonly Value: unknown }>> = {},
): StackTree {
  return { name: 'Shop', template: { Resources: resources, Outputs: outputs }, nested };
}

export function compared(before: Resources, after: Resources): StackDifference {
  return compareStacks(stack(before), stack(after));
}

/** `kind resource`, in the order in which they are told. */
export function found(before: Resources, after: Resources): string[] {
  return compared(before, after).findings.map(({ kind, resource }) => `${kind} ${resource}`);
}

export const arn = (id: string): object => ({ 'Fn::GetAtt': [id, 'Arn'] });
export const ref = (id: string): object => ({ Ref: id });

export const FUNCTION: TemplateResource = {
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Key: 'a.zip' } },
};

export function resource(
  type: string,
  properties: TemplateResource['Properties'] = {},
  rest: Partial<TemplateResource> = {},
): TemplateResource {
  return { Type: `AWS::${type}`, Properties: properties, ...rest };
}

export const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
