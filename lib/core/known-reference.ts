import { IResolvable, Lazy, Reference, Stack, Tokenization } from 'aws-cdk-lib';

/** What the CDK's own token of a resource's attribute can do, though its type does not say so. */
interface CrossStackReference {
  hasValueForStack(stack: Stack): boolean;
  assignValueForStack(stack: Stack, value: IResolvable): void;
}

/**
 * Writes `known` wherever these stacks name an attribute of a resource of another stack.
 *
 * The CDK would make it a parameter, and so make the whole nested stack wait for that resource. Where the resource waits for the
 * nested stack, or two nested stacks name each other, neither could begin. The CDK writes the value of such a parameter
 * into the very token, once for each stack, so whoever uses the attribute gets ours if it stands there before.
 */
export function knowReference(reference: string, stacks: readonly Stack[], known: string): void {
  const token: unknown = Tokenization.reverse(reference);
  if (!Reference.isReference(token)) {
    return; // a literal, which needs no parameter
  }
  if (!isCrossStackReference(token)) {
    throw new Error(
      '`sharding` needs a release of aws-cdk-lib whose references can be given a value, got one that this version of ' +
        'cdk-serverless-app does not know: take the releases that were published together',
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
