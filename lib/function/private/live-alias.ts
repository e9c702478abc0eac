import { Notices } from '../../core/notices';
import { Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import type { AlarmSettings } from '../../monitoring/alarms';
import { rememberReference } from '../../access/calls';
import { newVersionFails, newVersionIsSlow, WatchedVersion } from '../../monitoring/rollout-alarms';
import { AlarmThreshold } from '../../monitoring/alarm-threshold';
import { spilloverAlarm } from '../../monitoring/spillover-alarm';
import { ColdStartModel, RolloutModel } from '../../model/app-model';
import { COLD_START_DEFAULTS, STAGE_DEFAULTS } from '../../core/defaults';
import { ROLLOUT_DEFAULTS } from '../../core/defaults';
import { AppFunctionOptions } from '../app-function-props';
import { ColdStart, provisionedOf, ProvisionedConcurrencyOptions } from '../cold-start';
import { Rollout, RolloutOptions, rolloutOptionsOf } from '../rollout';
import { checkColdStart, requireSnapshotRegion } from './cold-start-rules';
import { provisionConcurrency } from './provisioned-concurrency';
import { isDurable } from './durable-rules';
import { checkRollout } from './rollout-rules';
import { lambdaResource } from '../app-lambda';
import { refuseHiddenTriggers } from '../hidden-triggers';
import { FunctionContext } from '../../core/function-context';
import { Alarms } from '../../monitoring/alarms';
import { Rollouts } from '../rollouts';
import type { IAppFunction } from '../../core/contract';

export const ALIAS_NAME = 'live';

/** The CDK's feature flags that make the hash of a version depend on what Lambda publishes, and on nothing else. */
const HASH_SWITCHES = [
  '@aws-cdk/aws-lambda:recognizeVersionProps',
  '@aws-cdk/aws-lambda:recognizeLayerVersion',
];

/** The cold-start and rollout settings of a function in this stage. */
export interface Publishing {
  readonly coldStart: ColdStart;
  readonly rollout: Rollout;
  /** Whether the function is durable. Lambda runs a durable function by a qualified ARN only, so it needs the alias. */
  readonly durable: boolean;
}

/** Checks the settings, and drops those that do not apply to this stage. Call it before the function has children. */
export function decidePublishing(fn: IAppFunction, options: AppFunctionOptions): Publishing {
  checkColdStart(options, FunctionContext.of(fn).check);
  if (options.coldStart?.kind === 'snapStart') {
    requireSnapshotRegion(Stack.of(fn).region, FunctionContext.of(fn).check);
  }
  checkRollout(options.rollout, fn);
  const defaults = STAGE_DEFAULTS[fn.app.stage];
  const { coldStart = ColdStart.onDemand(), rollout = Rollout.allAtOnce() } = options;
  const leftOut =
    coldStart.kind === 'provisioned' &&
    !defaults.provisionedConcurrency &&
    provisionedOf(coldStart)?.force !== true;
  if (leftOut) {
    Notices.of(fn).add({
      fn,
      level: 'info',
      id: 'cdk-serverless-app:development-cold-start',
      message: `${fn.node.path}: \`coldStart\` is left out in a development stage, because it would cost money around the clock; \`force: true\` keeps it`,
    });
  }
  return {
    coldStart: leftOut ? ColdStart.onDemand() : coldStart,
    rollout: defaults.gradualRollouts ? rollout : Rollout.allAtOnce(),
    durable: isDurable(options),
  };
}

/** Whether a function has an alias. If so, this also configures the CDK's hash of the version. */
export function preparePublishing(
  fn: IConstruct,
  { coldStart, durable, rollout }: Publishing,
): boolean {
  const needed =
    durable || coldStart.kind !== 'onDemand' || rolloutOptionsOf(rollout) !== undefined;
  if (needed) {
    HASH_SWITCHES.forEach((name) => {
      fn.node.setContext(name, true);
    });
  }
  return needed;
}

export interface LiveAliasProps extends Publishing {
  readonly logGroupName: string;
  /** Evaluated at synthesis. */
  readonly timeoutMilliseconds: () => number;
  /** Rejects a timeout that is known only at deployment, because half of it is needed. */
  readonly requireKnownTimeout: () => void;
}

/** The alias of a function's current version, with its provisioned concurrency and its rollout. */
export class LiveAlias {
  readonly alias: lambda.Alias;
  readonly resource: lambda.CfnAlias;
  readonly spilloverAlarm?: cloudwatch.Alarm;
  readonly deploymentGroup?: codedeploy.CfnDeploymentGroup;
  readonly rolloutAlarms: cloudwatch.Alarm[] = [];

  private readonly alarms: cloudwatch.IAlarm[] = [];

  constructor(
    private readonly fn: IAppFunction,
    private readonly props: LiveAliasProps,
  ) {
    if (props.coldStart.kind === 'snapStart') {
      // Not the CDK's own prop, which knows only the runtimes of its release, and warns that a version is needed.
      const cfnFunction = lambdaResource(fn.function);
      cfnFunction.snapStart = { applyOn: 'PublishedVersions' };
    }
    this.alias = new lambda.Alias(fn, 'Live', {
      aliasName: ALIAS_NAME,
      version: fn.function.currentVersion,
    });
    refuseHiddenTriggers(this.alias, fn.function);
    this.resource = this.alias.node.defaultChild as lambda.CfnAlias;
    const provisioned = provisionedOf(props.coldStart);
    if (provisioned !== undefined) {
      this.spilloverAlarm = this.provision(provisioned);
    }
    const options = rolloutOptionsOf(props.rollout);
    if (options !== undefined) {
      this.deploymentGroup = this.rollOut(props.rollout.kind, options);
    }
  }

  /** Called when the function gets an HTTP trigger: from then on the rollout also watches latency. */
  watchLatency(): void {
    const options = rolloutOptionsOf(this.props.rollout);
    const { scope } = this;
    if (
      options === undefined ||
      options.watch === false ||
      scope.node.tryFindChild('NewVersionIsSlow')
    ) {
      return;
    }
    const { maxLatency } = options;
    if (maxLatency === undefined) {
      this.props.requireKnownTimeout();
    }
    const limit = Lazy.number({
      produce: () => maxLatency?.toMilliseconds() ?? this.props.timeoutMilliseconds() / 2,
    });
    this.watch('NewVersionIsSlow', AlarmThreshold.duration(Duration.millis(limit)), (settings) =>
      newVersionIsSlow(scope, 'NewVersionIsSlow', this.watched, settings),
    );
  }

  private get scope(): Construct {
    return this.fn;
  }

  private get watched(): WatchedVersion {
    return {
      path: this.fn.node.path,
      functionName: FunctionContext.of(this.fn).deterministicName,
      aliasName: ALIAS_NAME,
      version: this.fn.function.currentVersion.version,
      logGroupName: this.props.logGroupName,
    };
  }

  private provision(options: ProvisionedConcurrencyOptions): cloudwatch.Alarm | undefined {
    provisionConcurrency(this.scope, this.resource, this.watched, options);
    return Alarms.of(this.fn).add('ProvisionedConcurrencySpillover', {
      fn: this.fn,
      threshold: AlarmThreshold.count(0),
      enabled: options.spilloverAlarm,
      make: (settings) =>
        spilloverAlarm(this.scope, 'ProvisionedConcurrencySpilloverAlarm', this.watched, settings),
    });
  }

  private rollOut(kind: string, options: RolloutOptions): codedeploy.CfnDeploymentGroup {
    const { fn, scope } = this;
    const rollouts = Rollouts.of(fn);
    this.alarms.push(...(options.alarms ?? []));
    if (options.watch !== false) {
      this.watch(
        'NewVersionFails',
        AlarmThreshold.count(options.maxErrors ?? ROLLOUT_DEFAULTS.maxErrors),
        (settings) => newVersionFails(scope, 'NewVersionFails', this.watched, settings),
      );
    }
    const group = rollouts.addGroup(fn, ALIAS_NAME, { kind, options, alarms: this.alarms });
    const { beforeTraffic, afterTraffic } = options;
    for (const hook of new Set([beforeTraffic, afterTraffic])) {
      if (hook !== undefined) {
        rollouts.letRun(hook, fn, group);
        FunctionContext.of(hook).receiveVersionOf(fn);
        rememberReference(hook, fn);
      }
    }
    this.resource.cfnOptions.updatePolicy = {
      codeDeployLambdaAliasUpdate: {
        applicationName: group.applicationName,
        deploymentGroupName: group.ref,
        beforeAllowTrafficHook: beforeTraffic?.function.functionName,
        afterAllowTrafficHook: afterTraffic?.function.functionName,
      },
    };
    // The alias shifts traffic when it is updated. By then the deployment group needs its alarms, which watch the new version,
    // and CodeDeploy needs its role.
    this.resource.node.addDependency(group, rollouts.policy);
    return group;
  }

  private watch(
    kind: string,
    threshold: AlarmThreshold,
    make: (settings: AlarmSettings) => cloudwatch.Alarm,
  ): void {
    const alarm = Alarms.of(this.fn).add(kind, {
      fn: this.fn,
      threshold,
      rollback: true,
      make,
    });
    if (alarm !== undefined) {
      this.alarms.push(alarm);
      this.rolloutAlarms.push(alarm);
    }
  }
}

/** The entry for the app's model. */
export function coldStartModel({ coldStart }: Publishing): ColdStartModel {
  const { kind } = coldStart;
  const options = provisionedOf(coldStart);
  if (options === undefined) {
    return { kind };
  }
  const { min, max, targetUtilization, schedules } = options;
  return {
    kind,
    min,
    max,
    targetUtilization:
      max === undefined ? undefined : (targetUtilization ?? COLD_START_DEFAULTS.targetUtilization),
    schedules: schedules?.map(({ schedule, min: least, max: most }) => ({
      schedule: schedule.expressionString,
      timeZone: schedule.timeZone?.timezoneName,
      min: least,
      max: most ?? max ?? least,
    })),
  };
}

export function rolloutModel({ rollout }: Publishing): RolloutModel {
  const { kind } = rollout;
  const options = rolloutOptionsOf(rollout);
  return { kind, percent: options?.percent, intervalMinutes: options?.interval.toMinutes() };
}

/** The fewest and the most environments that are ever provisioned; undefined if they are known only at deployment. */
export function provisionedBounds(
  options: ProvisionedConcurrencyOptions,
): [number, number] | undefined {
  const { min, max = min, schedules = [] } = options;
  const least = [min, ...schedules.map((schedule) => schedule.min)];
  const most = [max, ...schedules.map((schedule) => schedule.max ?? options.max ?? schedule.min)];
  return [...least, ...most].some((count) => Token.isUnresolved(count))
    ? undefined
    : [Math.min(...least), Math.max(...most)];
}
