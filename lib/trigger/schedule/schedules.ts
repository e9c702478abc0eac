import { Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { perApp } from '../../core/per-app';
import { Failures } from '../../failure/failures';
import type { IAppFunction, IServerlessApp } from '../../core/contract';

const DEFAULT_GROUP = 'default';

/** The resources that the schedules of a stack share: one role for EventBridge Scheduler. */
interface SchedulerRole {
  readonly role: iam.Role;
  readonly document: iam.PolicyDocument;
  readonly groups: Set<string>;
}

/**
 * The roles for an app's schedules: one, or one in each shard with a schedule. A role in the app's own stack would have to name
 * functions of the shards, which depend on that role.
 */
export class Schedules {
  static readonly of = perApp(({ app }) => new Schedules(app));

  private readonly roles = new Map<Construct, SchedulerRole>();

  private constructor(private readonly app: IServerlessApp) {}

  /** The role, with permission to invoke the function and to send to the failure queue. */
  roleFor(fn: IAppFunction, group?: scheduler.IScheduleGroup): iam.Role {
    const { queue } = Failures.of(this.app);
    const { role, document, groups } = this.rolesOf(fn);
    groups.add(this.groupArn(group));
    document.addStatements(
      new iam.PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [fn.target.functionArn],
      }),
      Failures.sendStatement(queue),
    );
    queue.encryptionMasterKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    return role;
  }

  private rolesOf(fn: IAppFunction): SchedulerRole {
    const scope = fn.node.scope as Construct;
    const known = this.roles.get(scope);
    if (known !== undefined) {
      return known;
    }
    const document = new iam.PolicyDocument({ minimize: true });
    const groups = new Set<string>();
    const role = new iam.Role(scope, 'SchedulerRole', {
      assumedBy: this.trusted(() => [...groups]),
      inlinePolicies: { Access: document },
    });
    const made = { role, document, groups };
    this.roles.set(scope, made);
    return made;
  }

  /** EventBridge Scheduler passes the schedule's group as the source. */
  trusted(groups: () => string[]): iam.IPrincipal {
    return new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(this.app).account },
        ArnEquals: { 'aws:SourceArn': Lazy.any({ produce: groups }) },
      },
    });
  }

  groupArn(group?: scheduler.IScheduleGroup): string {
    return (
      group?.scheduleGroupArn ??
      Stack.of(this.app).formatArn({
        service: 'scheduler',
        resource: 'schedule-group',
        resourceName: DEFAULT_GROUP,
      })
    );
  }
}
