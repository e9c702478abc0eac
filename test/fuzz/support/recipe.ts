import type { Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import type { AppFunction } from 'cdk-serverless-app';

/** What a prop set may name: what was made before. */
export interface Made {
  readonly stack: Stack;
  readonly tables: dynamodb.ITable[];
  readonly buckets: s3.IBucket[];
  readonly streams: kinesis.IStream[];
  readonly functions: AppFunction[];
}

/** A value that is made anew in each run, since a construct belongs to one app; `text` is how a report shows it. */
export class Recipe {
  constructor(
    private readonly text: string,
    readonly make: (made: Made) => unknown,
  ) {}

  [fc.toStringMethod](): string {
    return this.text;
  }
}

export function recipe(text: string, make: (made: Made) => unknown): fc.Arbitrary<Recipe> {
  return fc.constant(new Recipe(text, make));
}

/** A part that the user brings, made beside the app. */
export function theirs(
  text: string,
  make: (scope: Stack, id: string) => unknown,
): fc.Arbitrary<Recipe> {
  return recipe(text, ({ stack }) => make(stack, `Their${stack.node.children.length}`));
}

/** The value with each recipe in it made. */
export function realize(value: unknown, made: Made): unknown {
  if (value instanceof Recipe) {
    return value.make(made);
  }
  if (Array.isArray(value)) {
    return value.map((item) => realize(item, made));
  }
  if (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  ) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, realize(item, made)]),
    );
  }
  return value;
}
