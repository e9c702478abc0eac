import { Annotations, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
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
import { nameOf, unknownNames } from './private/alarm-names';
import {
  applyPeriods,
  checkAlarmOptions,
  requireRollbackAlarm,
  requireUnit,
} from './private/alarm-rules';
import { AppContext } from '../core/app-context';
import type { IAppFunction, IServerlessApp } from '../core/contract';

const MAX_NAME_LENGTH = 255;

const NO_NOTIFICATION_TARGET = 'cdk-serverless-app:no-notification-target';
const NOBODY_TEXT =
  'nobody is told when the app fails, so it has no alarms, which would only cost: give `notify: ["ops@example.com"]` or ' +
  '`notifyTopic`; or `alarmsEnabled`, which decides it either way';

/** The props of an app that the alarms read. */
export interface AlarmProps {
  readonly alarms?: { readonly [name: string]: AlarmOptions };
  readonly alarmsEnabled?: boolean;
}

/** What an alarm of the app is made from. */
export interface AppAlarmProps {
  /** Of an alarm of one function: that function. The alarm’s name is `<function id><kind>`, and `name` the kind. */
  readonly fn?: IAppFunction;

  /** From where on it is raised, where the user says nothing. It also says what unit a threshold must have. */
  readonly threshold: AlarmThreshold;

  /**
   * Whether there is the alarm where the user says nothing by its name; for what the user said elsewhere, and for what is
   * needed though nobody is told.
   *
   * @default - where somebody is told, in production
   */
  readonly enabled?: boolean;

  /**
   * That there is no data is news, too.
   *
   * @default false
   */
  readonly alarmsOnMissingData?: boolean;

  /**
   * It brings an old version back, so it is there though nobody is told, and tells nobody: it is raised by a single error, and whoever
   * deploys sees the deployment fail.
   *
   * @default false
   */
  readonly rollback?: boolean;

  /** The periods follow from the threshold, so the user cannot change them. */
  readonly ownPeriods?: boolean;

  /** Makes the alarm, without actions. */
  readonly make: (settings: AlarmSettings) => cloudwatch.Alarm;
}

/** What an alarm is to be made with. */
export interface AlarmSettings {
  /** In the unit of the default; of a time, milliseconds. May be a token, but for percent. */
  readonly threshold: number;
  /** To be passed on: in a shard it must be known beforehand, else it is left to CloudFormation. */
  readonly alarmName?: string;
}

/**
 * The alarms of an app. What is added here is changed or left out as the user says by its name, tells whom the app is to tell,
 * and is recorded in the app’s model.
 */
export class Alarms {
  static readonly of = perApp((context) => new Alarms(context));

  private readonly made = new Map<string, cloudwatch.Alarm>();
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
      Annotations.of(app).addInfoV2(NO_NOTIFICATION_TARGET, `${app.node.path}: ${NOBODY_TEXT}`);
    }
  }

  /** Where the alarms of the whole app are. */
  get scope(): Construct {
    return alarmScope(this.app);
  }

  /** Whether there are alarms where nothing else is said. */
  get areOn(): boolean {
    return this.enabled ?? (this.context.defaults.alarms && this.notifications.isAsked);
  }

  /** The alarms by name. */
  get all(): ReadonlyMap<string, cloudwatch.Alarm> {
    return this.made;
  }

  /**
   * Adds an alarm, unless it is left out. Ids in PascalCase are contract.
   *
   * @param kind its name; of an alarm of one function, what follows the function's id
   */
  add(kind: string, props: AppAlarmProps): cloudwatch.Alarm | undefined {
    const name = nameOf(kind, props.fn);
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

  /** Whether there is to be an alarm. */
  isWanted(kind: string, fn: IAppFunction | undefined, usually?: boolean): boolean {
    return this.changeOf(kind, nameOf(kind, fn)).enabled ?? usually ?? this.areOn;
  }

  /** Lets an alarm of the user's own tell whom the app tells. */
  addOwn(alarm: cloudwatch.AlarmBase): void {
    checkProp(alarm, 'addAlarm', ALARM, AppContext.of(this.app).check);
    this.notifications.connect(alarm);
    if (![...this.made.values()].includes(alarm as cloudwatch.Alarm)) {
      this.context.model.monitoring.alarms.push(alarmModel(alarm.node.id, alarm));
    }
  }

  /** What is wrong with what the user said of alarms, once all are declared. */
  validate(): string[] {
    return unknownNames(Object.keys(this.options), this.context);
  }

  /** Names the prop where the user said it: of the one, or of its kind. */
  private checkOf(kind: string, name: string, props: readonly (keyof AlarmOptions)[]): PropCheck {
    const own = props.some((prop) => this.options[name]?.[prop] !== undefined);
    return this.context.check.at(`alarms.${own ? name : kind}`);
  }

  /** What is said of the one goes before what is said of its kind. */
  private changeOf(kind: string, name: string): AlarmOptions {
    return {
      ...withoutUndefined(this.options[kind] ?? {}),
      ...withoutUndefined(this.options[name] ?? {}),
    };
  }

  /** Of an alarm in a shard, whose name the app's own stack could else not know. */
  private nameIn(fn: IAppFunction | undefined, kind: string): string | undefined {
    if (fn === undefined || fn.node.scope === this.app) {
      return undefined;
    }
    return deterministicName(fn, kind, { owner: Stack.of(this.app), maxLength: MAX_NAME_LENGTH });
  }
}

const ALARM = instance(
  'an alarm',
  'give for example `metric.createAlarm(…)`',
  'addAlarmAction',
).required();
