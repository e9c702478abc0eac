import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The properties of a construct's main resource as they will be in the template, overrides included; undefined for an imported
 * resource.
 */
export function renderedProperties(
  construct: IConstruct,
): Readonly<Record<string, unknown>> | undefined {
  const { defaultChild } = construct.node;
  if (!CfnResource.isCfnResource(defaultChild)) {
    return undefined;
  }
  const { Resources: resources = {} } = Stack.of(construct).resolve(
    defaultChild._toCloudFormation(),
  ) as { readonly Resources?: Readonly<Record<string, { readonly Properties?: object }>> };
  return { ...Object.values(resources)[0]?.Properties };
}
