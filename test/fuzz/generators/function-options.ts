import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { FUNCTION_OPTIONS_PROPS } from '../../../lib/function/function-prop-set';
import { DURABLE_PROPS } from '../../../lib/function/durable-prop-set';
import { declared, NEVER, valuesOf } from '../support/declared';
import { Recipe, recipe, theirs } from '../support/recipe';
import { ANY_TEXT, duration, NAME, options, rarely, seconds, within } from '../support/values';
import { ACCESS } from './access';
import { BUNDLING } from './bundling';
import { COLD_START } from './cold-start';
import { ROLLOUT } from './rollout';
import { FUNCTION_USAGE } from './usage';

const VARIABLE = fc.oneof(
  { weight: 30, arbitrary: fc.stringMatching(/^[A-Z][A-Z_]{2,9}$/) },
  { weight: 1, arbitrary: fc.constantFrom('AWS_REGION', 'a b', '', '1A', '__proto__') },
);

const ENVIRONMENT = fc
  .array(
    fc.tuple(
      VARIABLE,
      fc.oneof(
        { weight: 30, arbitrary: ANY_TEXT },
        { weight: 1, arbitrary: fc.constantFrom<unknown>(5, null, {}) },
      ),
    ),
    { maxLength: 3 },
  )
  .map((pairs) => Object.fromEntries(pairs));

const RUNTIMES = (
  rarely(
    fc.constantFrom('NODEJS_20_X', 'NODEJS_22_X', 'NODEJS_24_X'),
    'PYTHON_3_13',
  ) as fc.Arbitrary<string>
).map((name) => new Recipe(`Runtime.${name}`, () => lambda.Runtime[name as 'NODEJS_24_X']));

const DURABLE = declared(DURABLE_PROPS, {
  executionTimeout: rarely(seconds(1, 900), duration(901), duration(86_400 * 367)),
  retentionPeriod: rarely(
    fc.integer({ min: 1, max: 90 }).map((days) => duration(days * 86_400)),
    duration(86_401),
  ),
});

const DESTINATION = theirs(
  'a destination',
  (scope, id) => new destinations.SqsDestination(new sqs.Queue(scope, id)),
);

/** The options of a function, whatever its triggers are. */
export const FUNCTION_OPTIONS = valuesOf(FUNCTION_OPTIONS_PROPS, {
  access: fc.array(ACCESS, { maxLength: 2 }),
  applicationLogLevelV2: fc.constantFrom('DEBUG', 'ERROR'),
  applicationLogLevel: NEVER, // the CDK's older names
  systemLogLevelV2: fc.constantFrom('DEBUG', 'WARN'),
  systemLogLevel: NEVER,
  loggingFormat: fc.constantFrom('JSON', 'Text'),
  logFormat: NEVER,
  architecture: recipe('Architecture.X86_64', () => lambda.Architecture.X86_64),
  bundling: BUNDLING,
  coldStart: COLD_START,
  durableConfig: DURABLE,
  environment: ENVIRONMENT,
  functionName: fc.oneof(NAME, ANY_TEXT),
  handler: rarely(fc.constantFrom('handler', 'other', '$'), 'a.b', 'ż'),
  layers: fc.array(
    recipe('a layer', ({ stack }) =>
      lambda.LayerVersion.fromLayerVersionArn(
        stack,
        `Layer${stack.node.children.length}`,
        'arn:aws:lambda:eu-west-1:111111111111:layer:l:1',
      ),
    ),
    { maxLength: 2 },
  ),
  logGroup: recipe(
    'a log group',
    ({ stack }) => new logs.LogGroup(stack, `Logs${stack.node.children.length}`),
  ),
  profiling: NEVER, // not with Node.js
  onFailure: DESTINATION,
  onSuccess: DESTINATION,
  reservedConcurrentExecutions: within(1, 100),
  role: recipe(
    'a role',
    ({ stack }) =>
      new iam.Role(stack, `Role${stack.node.children.length}`, {
        assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      }),
  ),
  rollout: ROLLOUT,
  runtime: RUNTIMES,
  tracing: fc.constantFrom('Active', 'PassThrough', 'Disabled'),
  usage: FUNCTION_USAGE,
  vpc: recipe('a VPC', ({ stack }) =>
    ec2.Vpc.fromVpcAttributes(stack, `Vpc${stack.node.children.length}`, {
      vpcId: 'vpc-0a1b2c3d',
      availabilityZones: ['a'],
      privateSubnetIds: ['subnet-0a1b2c3d'],
    }),
  ),
});

export const functionOptions = options(FUNCTION_OPTIONS, {}, 16);
