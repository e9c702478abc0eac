import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PropCheck } from '../props/prop-check';
import { APP_MODEL_SCHEMA_VERSION, AppModel } from '../model/app-model';
import { AppUsage } from '../estimate/usage';
import { appUsageModel } from '../estimate/usage-model';
import { accountLimits } from '../scaling/account-limits';
import { ScalingOptions } from '../scaling/scaling-options';
import { ChangedDefaults } from './changed-defaults';
import type { IAppFunction, IServerlessApp } from './contract';
import { STAGE_DEFAULTS, StageDefaults } from './defaults';
import { Placement } from './placement';
import { Sharding } from './sharding';

/** The props of an app that the core itself reads. Each service reads its own from `AppContext.props`. */
export interface CoreProps {
  readonly sharding?: Sharding;
  readonly scaling?: ScalingOptions;
  readonly usage?: AppUsage;
}

const contexts = new WeakMap<IConstruct, AppContext>();

/**
 * What the parts of an app share: its props, the prop check, the model, and the functions. It does not depend on any AWS service. Each
 * service of an app is a class with a static `of(app)`, which creates the service when it is first needed.
 */
export class AppContext {
  /** Opens the context of an app. The constructor of the app calls it first. */
  static open(app: IServerlessApp, props: CoreProps): AppContext {
    const context = new AppContext(app, props);
    contexts.set(app, context);
    return context;
  }

  /** The context of the app that the construct is, or is in. */
  static of(construct: IConstruct): AppContext {
    const context = AppContext.tryOf(construct);
    if (context === undefined) {
      throw new Error(`${construct.node.path} is not in a ServerlessApp: create it in one`);
    }
    return context;
  }

  /** The same, or undefined if the construct is not in an app. */
  static tryOf(construct: IConstruct): AppContext | undefined {
    const direct = contexts.get(construct);
    if (direct !== undefined) {
      return direct;
    }
    for (const scope of [...construct.node.scopes].reverse()) {
      const context = contexts.get(scope);
      if (context !== undefined) {
        return context;
      }
    }
    return undefined;
  }

  /** Reports errors with the path of the app's props. */
  readonly check: PropCheck;

  /** Which nested stack each function belongs to. */
  readonly placement: Placement;

  /** The app as plain data. The parts add to it as they create resources. */
  readonly model: AppModel;

  /** The props of the app. A service assigns them to the interface of the props that it reads. */
  readonly props: object;

  private readonly declared: IAppFunction[] = [];
  private ownChanges?: ChangedDefaults;

  private constructor(
    readonly app: IServerlessApp,
    props: CoreProps,
  ) {
    this.check = new PropCheck(app.node.path, '');
    this.props = props;
    this.placement = new Placement(app, props.sharding);
    this.model = this.emptyModel(props);
  }

  /** The defaults of the app's stage. */
  get defaults(): StageDefaults {
    return STAGE_DEFAULTS[this.app.stage];
  }

  /** The defaults that the user changed. */
  get changes(): ChangedDefaults {
    this.ownChanges ??= new ChangedDefaults(this.app.stage);
    return this.ownChanges;
  }

  /** The functions in the order of their declaration. */
  get functions(): IAppFunction[] {
    return this.declared.filter((fn) => fn.node.scope?.node.tryFindChild(fn.node.id) === fn);
  }

  /** Adds a function to the app. The constructor of the function calls it first. */
  declare(fn: IAppFunction): void {
    this.declared.push(fn);
  }

  private emptyModel({ sharding, scaling = {}, usage }: CoreProps): AppModel {
    const { app, check } = this;
    const { region, account, stackName } = Stack.of(app);
    return {
      schemaVersion: APP_MODEL_SCHEMA_VERSION,
      app: {
        id: app.node.id,
        path: app.node.path,
        stage: app.stage,
        stack: stackName,
        region,
        account,
        shards: sharding?.count,
        limits: accountLimits(scaling, region),
      },
      functions: [],
      tables: [],
      buckets: [],
      monitoring: { alarms: [], customMetrics: [], dashboards: [] },
      keys: [],
      defaults: [],
      usage: appUsageModel(usage, check.at('usage')),
    };
  }
}
