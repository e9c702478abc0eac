import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { AppContext } from '../core/app-context';
import { injectedProps } from '../core/injected-props';
import { InvocationType, TriggerConfig } from '../core/contract';
import { requireFreeId } from '../core/free-ids';
import { levelModel } from '../estimate/usage-model';
import { Failures } from '../failure/failures';
import { addStartRoute } from '../http/start-route';
import type { ForwardOptions } from '../http/rest/forward-options';
import { EVENT_KIND } from '../kinds/event-kind';
import { OBJECT_KIND } from '../kinds/object-kind';
import { SCHEDULE_KIND } from '../kinds/schedule-kind';
import type { TriggerModel } from '../model/app-model';
import { addWorkflowFails } from '../monitoring/workflow-fails';
import { checkProp, checkProps } from '../props/check-props';
import { instance } from '../props/kinds';
import type { PropSet } from '../props/prop';
import type { PropCheck } from '../props/prop-check';
import { WithDefaults, withDefaults } from '../props/prop-set';
import { EVENT_TRIGGER_PROPS, EventTriggerOptions } from '../trigger/event/event-options';
import { addEventRule } from '../trigger/event/event-rule';
import { deliverySettings, RuleListener } from '../trigger/event-target';
import {
  checkObjectOptions,
  OBJECT_TRIGGER_PROPS,
  ObjectTriggerOptions,
} from '../trigger/object/object-options';
import { connectByEventBridge } from '../trigger/object/object-rule';
import { addSchedule } from '../trigger/schedule/add-schedule';
import {
  SCHEDULE_TRIGGER_PROPS,
  ScheduleTriggerOptions,
} from '../trigger/schedule/schedule-options';
import { Schedules } from '../trigger/schedule/schedules';
import { requireSource } from '../trigger/source-rules';
import { WORKFLOW_PROPS, WorkflowOptions } from './workflow-options';
import { Workflows } from './workflows';

const MACHINE = instance('a state machine', 'write `new StateMachine(…)`', 'stateMachineArn');

/**
 * Your state machine, and the events, schedules, objects and requests that start it. `addWorkflow` creates it. Each service that starts it
 * has its own role, which may start this machine; the role of EventBridge Scheduler may also send to the failure queue. An event that
 * AWS cannot deliver goes to the app's failure queue.
 */
export class AppWorkflow extends Construct {
  /** The name of this class for the CDK's `PropertyInjectors`. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-serverless-app.AppWorkflow';

  /** The state machine. */
  public readonly machine: stepfunctions.IStateMachine;

  private readonly check: PropCheck;
  private readonly triggers: TriggerModel[] = [];
  private readonly scheduleGroups = new Set<string>();

  /** @param scope the app */
  public constructor(
    scope: Construct,
    id: string,
    machine: stepfunctions.IStateMachine,
    options: WorkflowOptions = {},
  ) {
    requireFreeId(AppContext.of(scope), id, 'workflows', 'give it another id');
    super(scope, id);
    options = injectedProps(AppWorkflow.PROPERTY_INJECTION_ID, options, scope, id);
    this.check = AppContext.of(scope).check.at(`workflows.${id}`);
    checkProp(machine, 'machine', MACHINE.required(), this.check);
    checkProps(options, WORKFLOW_PROPS, this.check);
    this.machine = machine;
    Workflows.of(this).add({ scope: this, machine, options, triggers: this.triggers });
    addWorkflowFails(this, machine);
  }

  /**
   * Starts the workflow on events of an EventBridge bus. Its input is the event.
   *
   * @param pattern selects the events: `{ source: ['shop'], detailType: ['OrderPaid'] }`
   */
  public onEvent(pattern: events.EventPattern, options: EventTriggerOptions = {}): void {
    const settings = this.accept(options, EVENT_TRIGGER_PROPS);
    this.record(EVENT_KIND.kind, addEventRule(this.listener, pattern, settings));
  }

  /**
   * Starts the workflow at a time. Its input is the EventBridge Scheduler event, or `input`.
   *
   * @param schedule `ScheduleExpression.cron({...})`, `.rate(...)` or `.at(...)`
   */
  public onSchedule(
    schedule: scheduler.ScheduleExpression,
    options: ScheduleTriggerOptions = {},
  ): void {
    const settings = this.accept(options, SCHEDULE_TRIGGER_PROPS);
    const listener = {
      scope: this,
      check: this.check,
      arn: this.machine.stateMachineArn,
      role: () => this.schedulerRole(settings.scheduleGroup),
    };
    this.record(SCHEDULE_KIND.kind, addSchedule(listener, schedule, settings));
  }

  /**
   * Starts the workflow when an object is created in a bucket. Its input is the EventBridge event about the object.
   *
   * @param bucket a bucket made by `addBucket`, or any other one that sends its events to EventBridge
   */
  public onObjectCreated(bucket: s3.IBucket, options: ObjectTriggerOptions = {}): void {
    const settings = this.accept(options, OBJECT_TRIGGER_PROPS);
    const { prefix, suffix, eventTypes, monthlyEvents } = settings;
    checkObjectOptions(settings, this.check);
    requireSource(this, bucket, 'bucket', this.check);
    connectByEventBridge(this.listener, bucket, eventTypes, settings);
    this.record(OBJECT_KIND.kind, {
      source: bucket.node.path,
      details: {
        ...{ eventTypes, prefix, suffix, by: 'eventBridge' },
        monthlyEvents: levelModel(monthlyEvents, this.check.at('monthlyEvents')),
      },
    });
  }

  /**
   * Starts the workflow on an HTTP request to the app's API, without a function. Its input is the body, which must be JSON. The caller
   * gets 202 once
   * it has started, and does not wait for it to end.
   *
   * @param route `POST /orders`
   */
  public onRequest(route: string, options: ForwardOptions = {}): void {
    const role = (): iam.IRole =>
      this.roleOf('ApiRole', new iam.ServicePrincipal('apigateway.amazonaws.com'));
    this.triggers.push(addStartRoute(this, route, { machine: this.machine, role }, options));
  }

  private accept<T extends object, D>(options: T, set: PropSet<T, D>): WithDefaults<T, D> {
    checkProps(options, set, this.check);
    const { changes, app } = AppContext.of(this);
    changes.record(options, set, this.check.base);
    return withDefaults(options, set, app.stage);
  }

  private record(
    kind: string,
    { source, details = {} }: Pick<TriggerConfig, 'source' | 'details'>,
  ): void {
    this.triggers.push({ kind, invocation: InvocationType.ASYNCHRONOUS, source, details });
  }

  private get listener(): RuleListener {
    const { app } = AppContext.of(this);
    return {
      scope: this,
      check: this.check,
      target: (_id, delivery) => ({
        bind: () => ({
          arn: this.machine.stateMachineArn,
          role: this.roleOf('EventsRole', rulesOf(Stack.of(this))),
          ...deliverySettings(app, delivery),
        }),
      }),
    };
  }

  /** The role with which one service starts this machine. */
  private roleOf(id: string, service: iam.IPrincipal): iam.Role {
    const existing = this.node.tryFindChild(id) as iam.Role | undefined;
    return existing ?? this.makeRole(id, service);
  }

  private schedulerRole(group?: scheduler.IScheduleGroup): iam.Role {
    const schedules = Schedules.of(this);
    this.scheduleGroups.add(schedules.groupArn(group));
    const id = 'SchedulerRole';
    const existing = this.node.tryFindChild(id) as iam.Role | undefined;
    if (existing !== undefined) {
      return existing;
    }
    const { queue } = Failures.of(this);
    const role = this.makeRole(
      id,
      schedules.trusted(() => [...this.scheduleGroups]),
      [Failures.sendStatement(queue)],
    );
    queue.encryptionMasterKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    return role;
  }

  private makeRole(
    id: string,
    assumedBy: iam.IPrincipal,
    others: readonly iam.PolicyStatement[] = [],
  ): iam.Role {
    const start = new iam.PolicyStatement({
      actions: ['states:StartExecution'],
      resources: [this.machine.stateMachineArn],
    });
    const document = new iam.PolicyDocument({ statements: [start, ...others] });
    return new iam.Role(this, id, { assumedBy, inlinePolicies: { Start: document } });
  }
}

/**
 * EventBridge, but only for rules of the stack's account and region:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 */
function rulesOf(stack: Stack): iam.IPrincipal {
  return new iam.ServicePrincipal('events.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: {
        'aws:SourceArn': stack.formatArn({
          service: 'events',
          resource: 'rule',
          resourceName: '*',
        }),
      },
    },
  });
}
