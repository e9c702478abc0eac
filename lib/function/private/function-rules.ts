import { Duration, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EntryLanguage } from '../../bundling/entry-language';
import type { TriggerConfig } from '../../core/contract';
import { requireDistinct } from '../../core/physical-names';
import { kindOf } from '../../kinds/trigger-kinds';
import { PropCheck, unquoted } from '../../props/prop-check';
import { AppFunctionOptions, AppFunctionProps } from '../app-function-props';
import { checkDurable } from './durable-rules';
import { checkLanguage } from './entry-languages';

/** @param language the language of the entry, if there is an entry */
export function checkFunctionProps(
  options: AppFunctionOptions,
  props: AppFunctionProps,
  language: EntryLanguage | undefined,
  check: PropCheck,
): void {
  checkCode(options, props, language, check);
  checkDurable(options, props, check);
  for (const name of Object.keys(options.environment ?? {})) {
    checkVariableName(name, check, 'environment');
  }
  check.integer('layers.length', options.layers?.length, {
    min: 0,
    max: 5,
    unit: 'layers, including those of `functionDefaults`',
    remedy: 'merge some of them, or bundle their contents',
  });
  requireDistinct('layers', options.layers?.map(arnOfLayer) ?? [], check);
  refuseHiddenWiring(options, check);
  if ('logRetention' in options) {
    throw check.error(
      'logRetention',
      'must be left out, because it adds a helper Lambda function, and the app’s log group has a retention period',
      unquoted('a retention'),
      'give the app, or this function, `logGroup: new LogGroup(…, { retention })`',
    );
  }
}

/**
 * Rejects the CDK's options for triggers and destinations, which the app would not know about: its guards, estimate and retries
 * would miss them.
 */
function refuseHiddenWiring(options: AppFunctionOptions, check: PropCheck): void {
  if ((options.events ?? []).length > 0) {
    throw check.error(
      'events',
      'must be left out, because the app would not know these triggers',
      unquoted(options.events?.map((event) => event.constructor.name).join(', ') ?? ''),
      'use `triggers`, for example `Trigger.queue(…)` or `Trigger.tableChanges(…)`, or implement `ITrigger` for other event sources',
    );
  }
  const prop = (['deadLetterQueue', 'deadLetterTopic', 'deadLetterQueueEnabled'] as const).find(
    (name) => options[name] !== undefined && options[name] !== false,
  );
  if (prop !== undefined) {
    throw check.error(
      prop,
      'must be left out, because failed asynchronous events go to the app’s failure queue, with the error',
      unquoted('a dead-letter queue'),
      'for your own destination, use `onFailure: new SqsDestination(queue)`',
    );
  }
}

/**
 * Rejects a trigger whose events carry no tenant id, for a function with tenant isolation, and one whose events carry one, for
 * another function, which Lambda would reject.
 * https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html
 */
export function requireTenantIn(
  trigger: TriggerConfig,
  { tenancyConfig }: AppFunctionOptions,
  check: PropCheck,
): void {
  if (tenancyConfig === undefined && trigger.details?.['tenant'] !== undefined) {
    throw check.error(
      'tenantId',
      'must be left out for a function without tenant isolation',
      trigger.details['tenant'],
      'give the function `tenancyConfig: TenancyConfig.PER_TENANT`, or leave it out',
    );
  }
  if (
    tenancyConfig !== undefined &&
    kindOf(trigger).carriesTenant?.(trigger.details ?? {}) !== true
  ) {
    throw check.error(
      'tenancyConfig',
      'must be left out for a trigger whose events carry no tenant id',
      trigger.kind,
      'use a route of a REST API with `tenantId: RequestTenant.claim(…)`, or invoke the function directly with `TenantId`',
    );
  }
}

function arnOfLayer({ layerVersionArn }: lambda.ILayerVersion): string {
  return layerVersionArn;
}

/** Names that Lambda reserves: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED_VARIABLES =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|AWS_LAMBDA_(FUNCTION_NAME|FUNCTION_MEMORY_SIZE|FUNCTION_VERSION|INITIALIZATION_TYPE|LOG_GROUP_NAME|LOG_STREAM_NAME|RUNTIME_API)|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;

/** Whether Lambda sets a variable itself, and nobody else may. */
export function isReservedVariable(name: string): boolean {
  return RESERVED_VARIABLES.test(name);
}

/** Rejects a variable name that Lambda would reject. */
export function checkVariableName(name: string, check: PropCheck, prop: string): void {
  if (Token.isUnresolved(name)) {
    return;
  }
  if (!/^[A-Za-z]\w+$/.test(name)) {
    const rule =
      'must have variable names of at least two letters, digits or `_`, starting with a letter';
    throw check.error(prop, rule, name, 'choose another name');
  }
  if (isReservedVariable(name)) {
    throw check.error(
      prop,
      'must not set a variable that Lambda reserves',
      name,
      'choose another name',
    );
  }
}

function checkCode(
  options: AppFunctionOptions,
  props: AppFunctionProps,
  language: EntryLanguage | undefined,
  check: PropCheck,
): void {
  const { entry, code } = props;
  if ((entry === undefined) === (code === undefined)) {
    throw check.error(
      'entry',
      'or `code` must be given, but not both',
      unquoted(entry === undefined ? 'neither' : 'both'),
      'give `entry: "src/handler.ts"`, or `code`, `handler` and `runtime`',
    );
  }
  const { runtime, handler } = options;
  if (code !== undefined && (runtime === undefined || handler === undefined)) {
    throw check.error(
      runtime === undefined ? 'runtime' : 'handler',
      'must be given with `code`',
      undefined,
      'give, for example, `runtime: Runtime.PYTHON_3_13, handler: "index.handler"`',
    );
  }
  if (entry !== undefined) {
    checkLanguage(options, props, language ?? 'JavaScript', check);
  }
  if (
    entry !== undefined &&
    handler !== undefined &&
    !Token.isUnresolved(handler) &&
    !/^[A-Za-z_$][\w$]*$/.test(handler)
  ) {
    throw check.error(
      'handler',
      language === 'Python'
        ? 'must be the name of a function in the Python file'
        : 'must be the name of an export with `entry`',
      handler,
      'leave it out for `handler`; the file’s name is not part of it',
    );
  }
  checkHandlerLength(handler, entry, check);
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const MAX_HANDLER_LENGTH = 128;

function checkHandlerLength(
  handler: string | undefined,
  entry: string | undefined,
  check: PropCheck,
): void {
  // The handler string includes the file name of a bundle.
  const most = MAX_HANDLER_LENGTH - (entry === undefined ? 0 : 'index.'.length);
  if (handler !== undefined && !Token.isUnresolved(handler) && handler.length > most) {
    throw check.error(
      'handler',
      `must have at most ${most} characters`,
      unquoted(`${handler.length}`),
      'give the export a shorter name',
    );
  }
}

/** A rollout's latency limit defaults to half of the timeout, which cannot be computed from a Token. */
export function requireKnownTimeout(timeout: Duration | undefined, check: PropCheck): void {
  if (timeout?.isUnresolved() === true) {
    throw check.error(
      'rollout.maxLatency',
      'must be given if the timeout is known only at deployment, because the default is half of it',
      undefined,
      'write, for example, `maxLatency: Duration.seconds(2)`',
    );
  }
}
