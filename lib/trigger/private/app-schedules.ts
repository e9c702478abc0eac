import { Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { AppFailures } from '../../failure/app-failures';
import type { AppFunction } from '../../function/app-function';
import type { ServerlessApp } from '../../serverless-app';

const DEFAULT_GROUP = 'default';

/** What the schedules of an app share: the one role that EventBridge Scheduler takes on for them. */
export class AppSchedules {
  private role?: iam.Role;
  private readonly document = new iam.PolicyDocument({ minimize: true });
  private readonly groups = new Set<string>();

  constructor(private readonly app: ServerlessApp) {}

  /** The role, allowed to run the function and to tell the failure queue. */
  roleFor(fn: AppFunction, group?: scheduler.IScheduleGroup): iam.Role {
    const { queue } = this.app._failures;
    this.groups.add(group?.scheduleGroupArn ?? this.defaultGroupArn());
    this.document.addStatements(
      new iam.PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [fn.target.functionArn],
      }),
      AppFailures.sendStatement(queue),
    );
    this.role ??= new iam.Role(this.app, 'SchedulerRole', {
      assumedBy: this.trusted(),
      inlinePolicies: { Access: this.document },
    });
    queue.encryptionMasterKey?.grant(this.role, 'kms:Decrypt', 'kms:GenerateDataKey');
    return this.role;
  }

  /** EventBridge Scheduler names the schedule's group as the source. */
  private trusted(): iam.IPrincipal {
    return new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(this.app).account },
        ArnEquals: { 'aws:SourceArn': Lazy.any({ produce: () => [...this.groups] }) },
      },
    });
  }

  private defaultGroupArn(): string {
    return Stack.of(this.app).formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: DEFAULT_GROUP,
    });
  }
}
