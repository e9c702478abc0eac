import { Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { Sharding } from 'cdk-serverless-app';
import { realize, Recipe, recipe } from '../support/recipe';
import { mostly, options, rarely, within } from '../support/values';
import { functionOptions } from './function-options';
import { HTTP } from './http';

/** A part that the user brings, made beside the app. */
function theirs(text: string, make: (scope: Stack, id: string) => unknown): fc.Arbitrary<Recipe> {
  return recipe(text, ({ stack }) => make(stack, `Their${stack.node.children.length}`));
}

const QUEUE = fc.oneof(
  { weight: 20, arbitrary: theirs('a queue', (scope, id) => new sqs.Queue(scope, id)) },
  {
    weight: 1,
    arbitrary: theirs('a FIFO queue', (scope, id) => new sqs.Queue(scope, id, { fifo: true })),
  },
  {
    weight: 5,
    arbitrary: theirs('an imported queue', (scope, id) =>
      sqs.Queue.fromQueueArn(scope, id, 'arn:aws:sqs:eu-west-1:111111111111:q'),
    ),
  },
);

/** Props of the app. A branch that adds some adds them here, with a file of their own beside this one. */
export const APP_PROPS = options(
  {
    stage: rarely(fc.constantFrom('production', 'development'), 'test'),
    functionDefaults: functionOptions,
    http: HTTP,
    logGroup: recipe(
      'a log group',
      ({ stack }) => new logs.LogGroup(stack, `Logs${stack.node.children.length}`),
    ),
    failureQueue: QUEUE,
    failureBucket: recipe(
      'a bucket',
      ({ stack }) => new s3.Bucket(stack, `Bucket${stack.node.children.length}`),
    ),
    scaling: options({
      concurrencyLimit: within(100, 5000),
      apiRateLimit: within(1, 10_000),
      apiBurstLimit: within(1, 5000),
    }),
    sharding: mostly(fc.integer({ min: 1, max: 5 })).map(
      (count) =>
        new Recipe(`Sharding.nestedStacks(${fc.stringify(count)})`, (made) =>
          Sharding.nestedStacks(realize(count, made) as number),
        ),
    ),
  },
  {},
  6,
);
