import type { VersionOptions } from 'aws-cdk-lib/aws-lambda';
import { BUNDLING_PROPS } from '../bundling/bundling-prop-set';
import { ASYNC_DEFAULTS, FUNCTION_DEFAULTS } from '../core/defaults';
import { FUNCTION_USAGE_PROPS } from '../estimate/usage-prop-set';
import {
  anything,
  duration,
  flag,
  fullText,
  instance,
  integer,
  knownText,
  listOf,
  mapOf,
  size,
  struct,
  text,
  passedOn,
} from '../props/kinds';
import { propsOf } from '../props/prop-set';
import type { AppFunctionOptions, AppFunctionProps } from './app-function-props';
import { ColdStart } from './cold-start';
import { DURABLE_PROPS } from './durable-prop-set';
import { Rollout } from './rollout';

const DESTINATION = instance(
  'a destination',
  'write, for example, `new SqsDestination(queue)`',
  'bind',
);

export const ACCESS = instance('an access', 'write, for example, `Access.read(table)`', 'bind');
export const TRIGGER = instance('a trigger', 'write, for example, `Trigger.http("GET /")`', 'bind');

const FUNCTION_OPTIONS = 'aws-lambda/lib/function#FunctionOptions';
const ASYNC_OPTIONS = 'aws-lambda/lib/event-invoke-config#EventInvokeConfigOptions';

/** The rules for combinations of these options are in cold-start-rules.ts. */
export const VERSION_PROPS = propsOf<VersionOptions>(
  'aws-lambda/lib/lambda-version#VersionOptions',
  ASYNC_OPTIONS,
)({
  ...passedOn('codeSha256 description provisionedConcurrentExecutions removalPolicy'),
  ...passedOn('minExecutionEnvironments maxExecutionEnvironments onFailure onSuccess maxEventAge'),
  ...passedOn('retryAttempts'),
});

/**
 * The options of a function. Ranges: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 *
 * Options of the CDK have a kind if the library reads them, or if they reach the template unchecked; the CDK checks the others.
 */
export const FUNCTION_OPTIONS_PROPS = propsOf<AppFunctionOptions>(
  FUNCTION_OPTIONS,
  ASYNC_OPTIONS,
)({
  runtime: instance<NonNullable<AppFunctionOptions['runtime']>>(
    'a Runtime',
    'write, for example, `Runtime.NODEJS_24_X`',
    'family',
  )
    .defaultsTo(FUNCTION_DEFAULTS.runtime)
    .in('runtime, architecture'),
  architecture: instance<NonNullable<AppFunctionOptions['architecture']>>(
    'an Architecture',
    'write `Architecture.ARM_64`',
    'dockerPlatform',
  )
    .defaultsTo(FUNCTION_DEFAULTS.architecture)
    .in('runtime, architecture'),
  handler: text().defaultsTo(FUNCTION_DEFAULTS.handler),
  memorySize: integer(128, 10_240, 'MB').defaultsTo(FUNCTION_DEFAULTS.memorySize).in('memory'),
  timeout: duration(1, 900).in('timeout'),
  bundling: struct(BUNDLING_PROPS).in('bundling'),
  coldStart: instance<ColdStart>(
    'a ColdStart',
    'write, for example, `ColdStart.provisioned({ min: 2 })`',
    'kind',
  )
    .defaultsTo(ColdStart.onDemand())
    .in('cold starts'),
  rollout: instance<Rollout>(
    'a Rollout',
    'write, for example, `Rollout.canary({ percent: 10, interval: Duration.minutes(5) })`',
    'kind',
  )
    .defaultsTo(Rollout.allAtOnce())
    .in('rollout'),
  usage: struct(FUNCTION_USAGE_PROPS),
  access: listOf(ACCESS),
  disabled: flag().defaultsTo(false).in('concurrency'),
  reservedConcurrentExecutions: integer(1, undefined, 'concurrent executions', {
    remedy:
      'use at least 1, or leave it out; to stop the function on purpose, set `disabled: true`',
  }).in('concurrency'),
  environment: mapOf(text()),
  ephemeralStorageSize: size(512, 10_240),
  functionName: fullText(),
  description: text(),
  role: instance('a role', 'write, for example, `new Role(…)`', 'grantPrincipal').in('permissions'),
  initialPolicy: anything(),
  layers: listOf(
    instance('a layer', 'write, for example, `new LayerVersion(…)`', 'layerVersionArn'),
  ),
  logGroup: instance('a log group', 'write, for example, `new LogGroup(…)`', 'logGroupRef').in(
    'log',
  ),
  loggingFormat: text<NonNullable<AppFunctionOptions['loggingFormat']>>()
    .defaultsTo(FUNCTION_DEFAULTS.loggingFormat)
    .in('log'),
  systemLogLevelV2: text<NonNullable<AppFunctionOptions['systemLogLevelV2']>>()
    .defaultsTo(FUNCTION_DEFAULTS.systemLogLevel)
    .in('log'),
  applicationLogLevelV2: text<NonNullable<AppFunctionOptions['applicationLogLevelV2']>>()
    .defaultsTo(FUNCTION_DEFAULTS.applicationLogLevel)
    .in('log'),
  logFormat: text(),
  systemLogLevel: text(),
  applicationLogLevel: text(),
  ...passedOn('logRetention logRemovalPolicy logRetentionRole logRetentionRetryOptions'),
  onFailure: DESTINATION.in('asynchronous events'),
  onSuccess: DESTINATION,
  retryAttempts: integer(0, 2, 'retries')
    .defaultsTo(ASYNC_DEFAULTS.retryAttempts)
    .in('asynchronous events'),
  maxEventAge: duration(60, 21_600)
    .defaultsTo(ASYNC_DEFAULTS.maxEventAge)
    .in('asynchronous events'),
  tracing: text<NonNullable<AppFunctionOptions['tracing']>>()
    .defaultsTo(FUNCTION_DEFAULTS.tracing)
    .in('tracing'),
  vpc: instance('a VPC', 'write, for example, `Vpc.fromLookup(…)`', 'vpcId'),
  ...passedOn('vpcSubnets securityGroups allowAllOutbound allowAllIpv6Outbound'),
  ...passedOn('ipv6AllowedForDualStack allowPublicSubnet'),
  ...passedOn('deadLetterQueue deadLetterQueueEnabled deadLetterTopic'),
  profiling: flag(),
  ...passedOn('profilingGroup insightsVersion adotInstrumentation paramsAndSecrets events'),
  currentVersionOptions: struct(VERSION_PROPS),
  ...passedOn('filesystem environmentEncryption codeSigningConfig runtimeManagementMode snapStart'),
  durableConfig: struct(DURABLE_PROPS).in('durable functions'),
  ...passedOn('tenancyConfig recursiveLoop'),
});

export const FUNCTION_PROPS = propsOf<AppFunctionProps>(...FUNCTION_OPTIONS_PROPS.cdk)({
  ...FUNCTION_OPTIONS_PROPS.props,
  entry: knownText(),
  code: instance('code', 'write, for example, `Code.fromAsset("folder")`', 'bind'),
  triggers: listOf(TRIGGER),
});
