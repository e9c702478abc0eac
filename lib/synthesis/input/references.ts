import {
  DefaultTokenResolver,
  IResolvable,
  Reference,
  StringConcat,
  Tokenization,
} from 'aws-cdk-lib';
import type { IPostProcessor, IResolveContext } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Precedes a construct path in a resolved value. No text of a template contains it. */
const MARK = '\u0000';

/** The path of the construct that made the resource. */
export function pathOf({ node }: IConstruct): string {
  return node.scope?.node.path ?? node.path;
}

/**
 * Resolves a value of a resource, with the construct path of what each reference refers to in place of the reference. Logical ids are
 * the same in several stacks, and a reference to another stack becomes an import only during synthesis; paths are neither.
 */
export function withPaths(scope: IConstruct, value: unknown): unknown {
  return Tokenization.resolve(value, { scope, resolver: new PathResolver() });
}

/** The construct path that a value in the result of `withPaths` refers to; undefined if it is not a reference. */
export function referredPath(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith(MARK)
    ? value.slice(MARK.length).split(MARK)[0]
    : undefined;
}

class PathResolver extends DefaultTokenResolver {
  constructor() {
    super(new StringConcat());
  }

  public override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    return Reference.isReference(token)
      ? `${MARK}${pathOf(token.target)}${MARK}`
      : super.resolveToken(token, context, postProcessor);
  }
}
