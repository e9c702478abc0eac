import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as fc from 'fast-check';
import { Recipe, recipe } from '../support/recipe';
import { ANY_TEXT, FLAGS, NAME, options, rarely, seconds, within } from '../support/values';
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

const SIZE = fc
  .oneof(
    { weight: 10, arbitrary: fc.integer({ min: 512, max: 10_240 }) },
    { weight: 1, arbitrary: fc.constantFrom(511, 10_241) },
  )
  .map((mebibytes) => new Recipe(`Size.mebibytes(${mebibytes})`, () => Size.mebibytes(mebibytes)));

const RUNTIMES = (
  rarely(
    fc.constantFrom('NODEJS_20_X', 'NODEJS_22_X', 'NODEJS_24_X'),
    'PYTHON_3_13',
  ) as fc.Arbitrary<string>
).map((name) => new Recipe(`Runtime.${name}`, () => lambda.Runtime[name as 'NODEJS_24_X']));

/** What a function may be told, whatever runs it. */
export const FUNCTION_OPTIONS = {
  access: fc.array(ACCESS, { maxLength: 2 }),
  applicationLogLevelV2: fc.constantFrom('DEBUG', 'ERROR'),
  architecture: recipe('Architecture.X86_64', () => lambda.Architecture.X86_64),
  bundling: BUNDLING,
  coldStart: COLD_START,
  description: ANY_TEXT,
  environment: ENVIRONMENT,
  ephemeralStorageSize: SIZE,
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
  maxEventAge: seconds(60, 21_600),
  memorySize: within(128, 10_240),
  reservedConcurrentExecutions: within(1, 100),
  retryAttempts: within(0, 2),
  role: recipe(
    'a role',
    ({ stack }) =>
      new iam.Role(stack, `Role${stack.node.children.length}`, {
        assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      }),
  ),
  rollout: ROLLOUT,
  runtime: RUNTIMES,
  switchedOff: FLAGS,
  timeout: seconds(1, 900),
  usage: FUNCTION_USAGE,
  tracing: fc.constantFrom('Active', 'PassThrough', 'Disabled'),
  vpc: recipe('a VPC', ({ stack }) =>
    ec2.Vpc.fromVpcAttributes(stack, `Vpc${stack.node.children.length}`, {
      vpcId: 'vpc-0a1b2c3d',
      availabilityZones: ['a'],
      privateSubnetIds: ['subnet-0a1b2c3d'],
    }),
  ),
};

export const functionOptions = options(FUNCTION_OPTIONS, {}, 12);
