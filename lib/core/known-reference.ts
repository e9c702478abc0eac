import { IResolvable, Lazy, Reference, Stack, Tokenization } from 'aws-cdk-lib';

/** The methods of the CDK's token for a resource's attribute, which its type does not show. */
interface CrossStackReference {
  hasValueForStack(stack: Stack): boolean;
  assignValueForStack(stack: Stack, value: IResolvable): void;
}

/**
 * Writes `known` wherever these stacks refer to an attribute of a resource in another stack.
 *
 * The CDK would create a parameter, which makes the whole nested stack depend on that resource. If the resource depends on the
 * nested stack, or two nested stacks refer to each other, that is a circular dependency. The CDK stores the value of such a
 * parameter in the token, once per stack, and uses the value that is already there.
 */
export function knowReference(reference: string, stacks: readonly Stack[], known: string): void {
  const token: unknown = Tokenization.reverse(reference);
  if (!Reference.isReference(token)) {
    return; // A literal, which needs no parameter.
  }
  if (!isCrossStackReference(token)) {
    throw new Error(
      '`sharding` needs a release of aws-cdk-lib whose references accept a value, got one that this version of ' +
        'cdk-serverless-app does not support: use releases of both from about the same time',
    );
  }
  const value = Lazy.uncachedAny({ produce: () => known });
  for (const stack of stacks) {
    if (!token.hasValueForStack(stack)) {
      token.assignValueForStack(stack, value);
    }
  }
}

function isCrossStackReference(token: object): token is CrossStackReference {
  return 'hasValueForStack' in token && 'assignValueForStack' in token;
}
