import * as events from 'aws-cdk-lib/aws-events';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as fc from 'fast-check';
import { Access } from 'cdk-serverless-app';
import { Recipe, recipe, theirs } from '../support/recipe';
import { FLAGS, mostly, options } from '../support/values';
import { STREAM } from './streams';

/** A table of the app, if there is one. */
export const TABLE = fc
  .nat({ max: 3 })
  .map((n) => new Recipe(`table ${n}`, ({ tables }) => tables[n % Math.max(1, tables.length)]));

/** A bucket of the app, if there is one. */
export const BUCKET = fc
  .nat({ max: 3 })
  .map((n) => new Recipe(`bucket ${n}`, ({ buckets }) => buckets[n % Math.max(1, buckets.length)]));

export const RESOURCE = fc.oneof(TABLE, BUCKET, STREAM);

const OPTIONS = options({
  environmentVariable: fc.constantFrom('NAME', 'OTHER', 'AWS_REGION', '1', 'ORDERS_TABLE_NAME'),
  setEnvironmentVariable: FLAGS,
  prefix: fc.constantFrom('out/', 'a b', 'a*', '/a'),
  index: fc.constantFrom('byDate', 'byDat', '*', ''),
  detailTypes: fc.array(fc.constantFrom('OrderPlaced', 'Order*', ''), { maxLength: 2 }),
});

const OTHERS: ReadonlyArray<{ kind: string; resource: fc.Arbitrary<unknown> }> = [
  {
    kind: 'secret',
    resource: fc.oneof(
      theirs('a secret', (scope, id) => new secretsmanager.Secret(scope, id)),
      theirs('a secret by its name', (scope, id) =>
        secretsmanager.Secret.fromSecretNameV2(scope, id, 'db'),
      ),
    ),
  },
  {
    kind: 'parameter',
    resource: fc.oneof(
      theirs(
        'a parameter',
        (scope, id) => new ssm.StringParameter(scope, id, { stringValue: 'a' }),
      ),
      theirs('a parameter by its name', (scope, id) =>
        ssm.StringParameter.fromSecureStringParameterAttributes(scope, id, {
          parameterName: '/limit',
        }),
      ),
    ),
  },
  {
    kind: 'send',
    resource: fc.oneof(
      theirs('a queue', (scope, id) => new sqs.Queue(scope, id)),
      theirs(
        'an encrypted queue',
        (scope, id) => new sqs.Queue(scope, id, { encryption: sqs.QueueEncryption.KMS }),
      ),
    ),
  },
  {
    kind: 'putEvents',
    resource: theirs('an event bus', (scope, id) => new events.EventBus(scope, id)),
  },
  {
    kind: 'invoke',
    resource: fc
      .nat({ max: 3 })
      .map(
        (n) =>
          new Recipe(
            `function ${n}`,
            ({ functions }) => functions[n % Math.max(1, functions.length)],
          ),
      ),
  },
  { kind: 'parametersByPath', resource: fc.constantFrom('/shop', '/shop/live', 'shop', '/shop/') },
  { kind: 'putMetrics', resource: fc.constantFrom('Shop', 'AWS/X', '') },
  { kind: 'publish', resource: theirs('a topic', (scope, id) => new sns.Topic(scope, id)) },
];

/** An access of any kind with its arguments. */
export const ACCESS = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(fc.constantFrom('read', 'write', 'readWrite'), mostly(RESOURCE)),
    },
    ...OTHERS.map(({ kind, resource }) => ({
      weight: 1,
      arbitrary: fc.tuple(fc.constant(kind), mostly(resource)),
    })),
  )
  .chain(([kind, resource]) => fc.tuple(fc.constant(kind), fc.constant(resource), mostly(OPTIONS)))
  .map(
    ([kind, resource, given]): Recipe =>
      new Recipe(`Access.${kind}(${fc.stringify(resource)}, ${fc.stringify(given)})`, (made) =>
        Access[kind as 'read'](
          (resource instanceof Recipe ? resource.make(made) : resource) as never,
          given as never,
        ),
      ),
  );

export const NOTHING = recipe('undefined', () => undefined);
