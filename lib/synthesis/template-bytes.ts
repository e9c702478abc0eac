import { Stack } from 'aws-cdk-lib';

const SUPPRESS_INDENTATION = '@aws-cdk/core:suppressTemplateIndentation';
/** An upper limit for the size of a resource in the template, without environment and policies. */
const RESOURCE_BYTES = 700;
const WORTH_MEASURING = 1_000_000;

/** The contents that determine the size of a stack's template. */
export interface TemplateContent {
  readonly resources: number;
  readonly environmentCharacters: number;
  readonly policyCharacters: number;
}

/**
 * The size of a stack's template as the CDK will write it, between preparation and synthesis. An exact answer costs as much as
 * another synthesis of the stack, so it is skipped if an app of this size cannot reach 1 MB. (If other resources in the stack
 * reach it, the CDK itself warns.)
 */
export function templateBytes(stack: Stack, content: TemplateContent): number | undefined {
  const { resources, environmentCharacters, policyCharacters } = content;
  if (resources * RESOURCE_BYTES + environmentCharacters + policyCharacters < WORTH_MEASURING) {
    return undefined;
  }
  const render: unknown = Reflect.get(stack, '_toCloudFormation'); // Not in the types, but the CDK itself does it this way.
  if (typeof render !== 'function') {
    return undefined;
  }
  const indent = stack.node.tryGetContext(SUPPRESS_INDENTATION) === true ? undefined : 1;
  return Buffer.byteLength(JSON.stringify(render.call(stack), undefined, indent));
}
