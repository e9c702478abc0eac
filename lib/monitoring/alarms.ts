import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, IConstruct } from 'constructs';
import { perApp } from '../core/per-app';
import { deterministicName } from '../core/deterministic-name';
import { withoutUndefined } from '../props/options';
import type { PropCheck } from '../props/prop-check';
import { checkProp } from '../props/check-props';
import { instance } from '../props/kinds';
import { AlarmOptions } from './alarm-options';
import type { AlarmThreshold } from './alarm-threshold';
import { Notifications } from './notifications';
import { alarmScope } from './private/alarm-scope';
import { alarmModel } from './private/alarm-model';
import { isOfWorkflow, nameOf, unknownNames } from './private/alarm-names';
import {
  applyPeriods,
  checkAlarmOptions,
  requireRollbackAlarm,
  requireUnit,
} from './private/alarm-rules';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';
import { inform } from '../core/messages';

const MAX_NAME_LENGTH = 255;

const NO_NOTIFICATION_TARGET = 'cdk-serverless-app:no-notification-target';
const NO_TARGET_TEXT =
  'the app has no notification target, so it creates no alarms, which would only cost money: give `notify: ["ops@example.com"]` or ' +
  '`notifyTopic`, or set `alarmsEnabled` to true or false';

/** The app's props that the alarms read. */
export interface AlarmProps {
  readonly alarms?: { readonly [name: string]: AlarmOptions };
  readonly alarmsEnabled?: boolean;
}

/** The definition of one of the app's alarms. */
export interface AppAlarmProps {
  /** The function or workflow that the alarm is about. The alarm is then named `<its id><kind>`, and `name` is the kind. */
  readonly fn?: IConstruct;

  /** The default threshold. The user's threshold must have the same unit. */
  readonly threshold: AlarmThreshold;

  /**
   * Whether the alarm exists if the user does not override it by name. It is set for alarms that another prop enables, and for
   * those that are needed without a notification target.
   *
   * @default - true in production with a notification target
   */
  readonly enabled?: boolean;

  /**
   * Whether missing data raises the alarm too.
   *
   * @default false
   */
  readonly alarmsOnMissingData?: boolean;

  /**
   * Whether the alarm rolls back a deployment. It then exists without a notification target, and notifies nobody: a single error
   * raises it, and the deployment fails visibly.
   *
   * @default false
   */
  readonly rollback?: boolean;

  /** The threshold determines the periods, so the user cannot change them. */
  readonly ownPeriods?: boolean;

  /** Creates the alarm, without actions. */
  readonly make: (settings: AlarmSettings) => cloudwatch.Alarm;
}

/** The settings with which an alarm is created. */
export interface AlarmSettings {
  /** In the unit of the default; a duration in milliseconds. May be a token, except for a percentage. */
  readonly threshold: number;
  /** The alarm's name. In a shard it must be deterministic; otherwise CloudFormation chooses it. */
  readonly alarmName?: string;
}

/**
 * The alarms of an app. Each alarm added here can be changed or disabled by name, notifies the app's targets, and is recorded in
 * the app's model.
 */
export class Alarms {
  static readonly of = perApp((context) => new Alarms(context));

  private readonly made = new Map<string, cloudwatch.Alarm>();
  private readonly workflows = new Set<IConstruct>();
  private readonly app: IServerlessApp;
  private readonly notifications: Notifications;
  private readonly options: Readonly<Record<string, AlarmOptions>>;
  private readonly enabled?: boolean;

  private constructor(private readonly context: AppContext) {
    const { app, check } = context;
    const { alarms = {}, alarmsEnabled }: AlarmProps = context.props;
    this.app = app;
    this.notifications = Notifications.of(app);
    this.options = alarms;
    this.enabled = alarmsEnabled;
    for (const [name, change] of Object.entries(alarms)) {
      checkAlarmOptions(change, check.at(`alarms.${name}`));
    }
    if (alarmsEnabled === undefined && context.defaults.alarms && !this.areOn) {
      inform(app, NO_NOTIFICATION_TARGET, `${app.node.path}: ${NO_TARGET_TEXT}`);
    }
  }

  /** The scope of the alarms that are about the whole app. */
  get scope(): Construct {
    return alarmScope(this.app);
  }

  /** Whether the app creates alarms by default. */
  get areOn(): boolean {
    return this.enabled ?? (this.context.defaults.alarms && this.notifications.isAsked);
  }

  /** The alarms by name. */
  get all(): ReadonlyMap<string, cloudwatch.Alarm> {
    return this.made;
  }

  /**
   * Adds an alarm, unless it is disabled. Ids in PascalCase are part of the public contract.
   *
   * @param kind the name of the alarm; for an alarm of one function, the part after the function's id
   */
  add(kind: string, props: AppAlarmProps): cloudwatch.Alarm | undefined {
    const name = nameOf(kind, props.fn);
    if (props.fn !== undefined && isOfWorkflow(kind)) {
      this.workflows.add(props.fn);
    }
    const change = this.changeOf(kind, name);
    if (props.rollback === true) {
      requireRollbackAlarm(change, this.context.check.at(`alarms.${name}`));
    } else if (!this.isWanted(kind, props.fn, props.enabled)) {
      return undefined;
    }
    const threshold = change.threshold ?? props.threshold;
    requireUnit(threshold, props.threshold.unit, this.checkOf(kind, name, ['threshold']));
    const alarmName = this.nameIn(props.fn, kind);
    const alarm = props.make({ threshold: threshold.value, alarmName });
    const periods = this.checkOf(kind, name, ['evaluationPeriods', 'datapointsToAlarm']);
    applyPeriods(alarm, change, props.ownPeriods === true, periods);
    this.made.set(name, alarm);
    if (props.rollback !== true) {
      this.notifications.connect(alarm, props.alarmsOnMissingData);
    }
    this.context.model.monitoring.alarms.push(alarmModel(name, alarm, alarmName));
    return alarm;
  }

  /** Whether the alarm is enabled. */
  isWanted(kind: string, fn: IConstruct | undefined, usually?: boolean): boolean {
    return this.changeOf(kind, nameOf(kind, fn)).enabled ?? usually ?? this.areOn;
  }

  /** Connects the user's own alarm to the app's notification targets. */
  addOwn(alarm: cloudwatch.AlarmBase): void {
    checkProp(alarm, 'addAlarm', ALARM, AppContext.of(this.app).check);
    this.notifications.connect(alarm);
    if (![...this.made.values()].includes(alarm as cloudwatch.Alarm)) {
      this.context.model.monitoring.alarms.push(alarmModel(alarm.node.id, alarm));
    }
  }

  /** The errors in the user's `alarms`, once all alarms are declared. */
  validate(): string[] {
    return unknownNames(Object.keys(this.options), this.context, [...this.workflows]);
  }

  /** The path of the user's setting: for this alarm, or for its kind. */
  private checkOf(kind: string, name: string, props: readonly (keyof AlarmOptions)[]): PropCheck {
    const own = props.some((prop) => this.options[name]?.[prop] !== undefined);
    return this.context.check.at(`alarms.${own ? name : kind}`);
  }

  /** Settings of one alarm override those of its kind. */
  private changeOf(kind: string, name: string): AlarmOptions {
    return {
      ...withoutUndefined(this.options[kind] ?? {}),
      ...withoutUndefined(this.options[name] ?? {}),
    };
  }

  /** The name of an alarm in a shard, which the app's own stack could not refer to otherwise. */
  private nameIn(fn: IConstruct | undefined, kind: string): string | undefined {
    if (fn === undefined || fn.node.scope === this.app) {
      return undefined;
    }
    return deterministicName(fn, kind, { owner: Stack.of(this.app), maxLength: MAX_NAME_LENGTH });
  }
}

const ALARM = instance(
  'an alarm',
  'give, for example, `metric.createAlarm(…)`',
  'addAlarmAction',
).required();
