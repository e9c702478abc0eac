import { ArnFormat, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IDependable } from 'constructs';
import { freeId } from '../core/names';
import { perApp } from '../core/per-app';
import { ALARMS_BY_NAME, VERSIONS } from '../core/acknowledged-rules';
import { RolloutOptions } from './rollout';
import { AppContext } from '../core/app-context';
import { FunctionContext } from '../core/function-context';
import type { IAppFunction, IServerlessApp } from '../core/contract';

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
const READY_MADE: Readonly<Record<string, string>> = {
  'canary 10 5': 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
  'canary 10 10': 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
  'canary 10 15': 'CodeDeployDefault.LambdaCanary10Percent15Minutes',
  'canary 10 30': 'CodeDeployDefault.LambdaCanary10Percent30Minutes',
  'linear 10 1': 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
  'linear 10 2': 'CodeDeployDefault.LambdaLinear10PercentEvery2Minutes',
  'linear 10 3': 'CodeDeployDefault.LambdaLinear10PercentEvery3Minutes',
  'linear 10 10': 'CodeDeployDefault.LambdaLinear10PercentEvery10Minutes',
};

export interface DeploymentGroupProps {
  readonly kind: string;
  readonly options: RolloutOptions;
  /** Evaluated at synthesis, because a trigger that is added later can add an alarm. */
  readonly alarms: readonly cloudwatch.IAlarm[];
}

interface CodeDeploy {
  readonly application: codedeploy.CfnApplication;
  readonly role: iam.Role;
}

/**
 * The resources that the rollouts of an app share: one CodeDeploy application, and one role for CodeDeploy. They are in the app's
 * own stack even if the app has shards: they use deterministic names of functions, so they do not wait for them.
 */
export class Rollouts {
  static readonly of = perApp(({ app }) => new Rollouts(app));

  /** The actions for which CodeDeploy needs more than one resource, with the reason. */
  readonly wildcards = new Map<string, string>();

  private shared?: CodeDeploy;
  private describesAnyAlarm = false;

  private constructor(private readonly app: IServerlessApp) {}

  /** Configures the traffic shift for new versions of a function. */
  addGroup(
    fn: IAppFunction,
    aliasName: string,
    props: DeploymentGroupProps,
  ): codedeploy.CfnDeploymentGroup {
    const { application, role } = this.codeDeploy();
    const { deterministicArn } = FunctionContext.of(fn);
    if (props.alarms.some((alarm) => !(alarm instanceof cloudwatch.Alarm))) {
      this.letDescribeAnyAlarm(role);
    }
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: [
          'lambda:GetAlias',
          'lambda:GetProvisionedConcurrencyConfig',
          'lambda:UpdateAlias',
        ],
        // Lambda authorizes `GetAlias` and `UpdateAlias` against the function, the other action against the alias.
        // https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
        resources: [deterministicArn, `${deterministicArn}:${aliasName}`],
      }),
    );
    return new codedeploy.CfnDeploymentGroup(fn, 'DeploymentGroup', {
      applicationName: application.ref,
      deploymentGroupName: AppContext.of(this.app).placement.deploymentGroupName(fn),
      serviceRoleArn: role.roleArn,
      deploymentConfigName: this.configName(props),
      deploymentStyle: {
        deploymentType: 'BLUE_GREEN',
        deploymentOption: 'WITH_TRAFFIC_CONTROL',
      },
      autoRollbackConfiguration: {
        enabled: true,
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      alarmConfiguration: Lazy.any({
        produce: () => ({
          enabled: true,
          alarms: props.alarms.map(({ alarmName }) => ({ name: alarmName })),
        }),
      }),
    });
  }

  /** Allows CodeDeploy to invoke the hook, and the hook to report to CodeDeploy and to invoke the version under test. */
  letRun(hook: IAppFunction, fn: IAppFunction, group: codedeploy.CfnDeploymentGroup): void {
    const { application, role } = this.codeDeploy();
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [FunctionContext.of(hook).deterministicArn],
      }),
    );
    hook.grantPrincipal.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
        resources: [
          Stack.of(fn).formatArn({
            service: 'codedeploy',
            resource: 'deploymentgroup',
            resourceName: `${application.ref}/${group.deploymentGroupName ?? group.ref}`,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ],
      }),
    );
    // All versions: a policy that changed with each version might not be in force yet when the hook runs.
    const versions = `${FunctionContext.of(fn).deterministicArn}:*`;
    FunctionContext.of(hook).wildcards.set(versions, VERSIONS);
    hook.grantPrincipal.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [versions] }),
    );
  }

  /** The role, if anything has needed it so far. */
  get existingRole(): iam.Role | undefined {
    return this.shared?.role;
  }

  /** The resources that an alias depends on, so that CodeDeploy can shift its traffic. */
  get policy(): IDependable {
    return this.codeDeploy().role;
  }

  /**
   * Only principals that may describe all alarms can describe composite alarms, and an imported alarm may be composite.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
   */
  private letDescribeAnyAlarm(role: iam.Role): void {
    if (!this.describesAnyAlarm) {
      this.describesAnyAlarm = true;
      this.wildcards.set('*', ALARMS_BY_NAME);
      role.addToPrincipalPolicy(
        new iam.PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }),
      );
    }
  }

  private codeDeploy(): CodeDeploy {
    this.shared ??= this.makeCodeDeploy();
    return this.shared;
  }

  private makeCodeDeploy(): CodeDeploy {
    const application = new codedeploy.CfnApplication(this.app, 'CodeDeploy', {
      computePlatform: 'Lambda',
    });
    // Not the managed policy, which may shift every alias in the account.
    const role = new iam.Role(this.app, 'CodeDeployRole', {
      assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this.app).account } },
      }),
    });
    const alarms = Stack.of(this.app).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.wildcards.set(alarms, ALARMS_BY_NAME);
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: [alarms] }),
    );
    return { application, role };
  }

  /**
   * One of AWS's predefined configurations if one fits, because an account can have at most 50 others; otherwise one for all
   * functions with the same rollout.
   */
  private configName({ kind, options }: DeploymentGroupProps): string {
    const { percent, interval } = options;
    const minutes = interval.toMinutes();
    const known = !Token.isUnresolved(percent) && !Token.isUnresolved(minutes);
    const readyMade = known ? READY_MADE[`${kind} ${percent} ${minutes}`] : undefined;
    if (readyMade !== undefined) {
      return readyMade;
    }
    const id = known
      ? `Rollout${kind === 'canary' ? 'Canary' : 'Linear'}${percent}Percent${minutes}Minutes`
      : freeId(this.app, 'RolloutByToken');
    const existing = this.app.node.tryFindChild(id) as codedeploy.CfnDeploymentConfig | undefined;
    const made = existing ?? this.makeConfig(id, kind, percent, minutes);
    return made.ref;
  }

  private makeConfig(
    id: string,
    kind: string,
    percent: number,
    minutes: number,
  ): codedeploy.CfnDeploymentConfig {
    return new codedeploy.CfnDeploymentConfig(this.app, id, {
      computePlatform: 'Lambda',
      trafficRoutingConfig:
        kind === 'canary'
          ? {
              type: 'TimeBasedCanary',
              timeBasedCanary: { canaryPercentage: percent, canaryInterval: minutes },
            }
          : {
              type: 'TimeBasedLinear',
              timeBasedLinear: { linearPercentage: percent, linearInterval: minutes },
            },
    });
  }
}
