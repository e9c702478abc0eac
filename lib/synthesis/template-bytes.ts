import { Stack } from 'aws-cdk-lib';

const SUPPRESS_INDENTATION = '@aws-cdk/core:suppressTemplateIndentation';
/** More than a resource of an app has in a template, without environment and policies. */
const RESOURCE_BYTES = 700;
const WORTH_MEASURING = 1_000_000;

/** What the size of a stack's template follows from. */
export interface TemplateContent {
  readonly resources: number;
  readonly environmentCharacters: number;
  readonly policyCharacters: number;
}

/**
 * The size of a stack's template as the CDK will write it, between preparation and synthesis. To know it exactly costs as much as
 * to synthesize the stack once more, so it is left out where an app of this content cannot come near 1 MB. (A stack that does so by
 * other resources is warned of by the CDK itself.)
 */
export function templateBytes(stack: Stack, content: TemplateContent): number | undefined {
  const { resources, environmentCharacters, policyCharacters } = content;
  if (resources * RESOURCE_BYTES + environmentCharacters + policyCharacters < WORTH_MEASURING) {
    return undefined;
  }
  const render: unknown = Reflect.get(stack, '_toCloudFormation'); // not in the types, but how the CDK itself does it
  if (typeof render !== 'function') {
    return undefined;
  }
  const indent = stack.node.tryGetContext(SUPPRESS_INDENTATION) === true ? undefined : 1;
  return Buffer.byteLength(JSON.stringify(render.call(stack), undefined, indent));
}
