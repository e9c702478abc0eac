import { Duration } from 'aws-cdk-lib';
import { InvocationType, TriggerConfig } from '../../core/contract';
import { PropCheck, unquoted } from '../../props/prop-check';
import { AppFunctionOptions, AppFunctionProps } from '../app-function-props';

/**
 * The first version of each language whose runtime has durable functions.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-supported-runtimes.html
 */
const FIRST_VERSIONS: ReadonlyArray<readonly [pattern: RegExp, major: number, minor: number]> = [
  [/^nodejs(\d+)\.x$/, 22, 0],
  [/^python(\d+)\.(\d+)$/, 3, 13],
  [/^java(\d+)(?:\.al2)?$/, 17, 0],
  [/^dotnet(\d+)$/, 8, 0],
];

/** The longest whole execution that Lambda allows for a synchronous invocation. */
export const LONGEST_SYNCHRONOUS = Duration.minutes(15);

/** Checks `durableConfig` beyond the ranges of its values. */
export function checkDurable(
  options: AppFunctionOptions,
  props: AppFunctionProps,
  check: PropCheck,
): void {
  const { durableConfig, runtime } = options;
  if (durableConfig === undefined) {
    return;
  }
  requireWholeDays(durableConfig.retentionPeriod, check);
  if (runtime !== undefined && isTooOld(runtime.name)) {
    throw check.error(
      'runtime',
      'must support durable functions: Node.js 22, Python 3.13, Java 17 or .NET 8, or later',
      runtime.name,
      'choose a later runtime, or leave out `durableConfig`',
    );
  }
  refuseDestinations(props, check);
}

function requireWholeDays(retention: Duration | undefined, check: PropCheck): void {
  if (retention === undefined || retention.isUnresolved()) {
    return;
  }
  const days = retention.toDays({ integral: false });
  if (!Number.isInteger(days)) {
    throw check.error(
      'durableConfig.retentionPeriod',
      'must be whole days',
      unquoted(`${days} days`),
      'write, for example, `Duration.days(14)`',
    );
  }
}

function isTooOld(runtime: string): boolean {
  return FIRST_VERSIONS.some(([pattern, major, minor]) => {
    const match = pattern.exec(runtime);
    const [has, hasMinor] = [Number(match?.[1]), Number(match?.[2] ?? 0)];
    return match !== null && (has < major || (has === major && hasMinor < minor));
  });
}

/** Lambda neither retries a failed execution nor sends it to a destination: its event goes to the dead-letter queue. */
function refuseDestinations(props: AppFunctionProps, check: PropCheck): void {
  const prop = (['onFailure', 'onSuccess', 'retryAttempts'] as const).find(
    (name) => props[name] !== undefined,
  );
  if (prop !== undefined) {
    throw check.error(
      prop,
      'must be left out for a durable function, whose executions Lambda neither retries nor sends to a destination',
      prop === 'retryAttempts' ? props.retryAttempts : unquoted('a destination'),
      'leave it out: the event of a failed execution goes to the app’s failure queue; for retries, give the steps a retry strategy',
    );
  }
}

/**
 * A caller that waits for a durable function waits for the whole execution, and Lambda refuses to run one that may take longer than 15
 * minutes: creating the event source mapping, or each invocation, fails.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking-esm.html
 */
export function requireShortExecution(
  { kind, invocation }: TriggerConfig,
  { durableConfig }: AppFunctionOptions,
  check: PropCheck,
): void {
  const timeout = durableConfig?.executionTimeout;
  if (
    timeout === undefined ||
    timeout.isUnresolved() ||
    invocation === InvocationType.ASYNCHRONOUS ||
    timeout.toSeconds() <= LONGEST_SYNCHRONOUS.toSeconds()
  ) {
    return;
  }
  throw check.error(
    'durableConfig.executionTimeout',
    `must be at most 15 minutes for a trigger of the kind \`${kind}\`, which waits for the whole execution`,
    unquoted(timeout.toHumanString()),
    'lower it, or let another function receive the event and invoke this one asynchronously (`calls`)',
  );
}

/** How long a caller may have to wait for an invocation: for a durable function, its whole execution. */
export function waitsFor(options: AppFunctionOptions, timeout: Duration): Duration {
  const execution = options.durableConfig?.executionTimeout;
  const longer =
    execution !== undefined &&
    !execution.isUnresolved() &&
    (timeout.isUnresolved() || execution.toSeconds() > timeout.toSeconds());
  return longer ? execution : timeout;
}

/** Whether the function is durable. */
export function isDurable({ durableConfig }: AppFunctionOptions): boolean {
  return durableConfig !== undefined;
}
