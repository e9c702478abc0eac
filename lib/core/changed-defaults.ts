import { Duration, Size, Token } from 'aws-cdk-lib';
import { AppStage } from '../model/app-stage';
import { ChangedDefaultFacts, DefaultFacts } from '../model/app-model';
import type { ServerlessAppProps } from '../app/serverless-app-props';
import {
  ASYNC_DEFAULTS,
  FUNCTION_DEFAULTS,
  STAGE_DEFAULTS,
  StageDefaults,
  TABLE_CHANGES_DEFAULTS,
} from './defaults';
import { defaultsRows } from './defaults-table';

/** A line of the table of defaults, and the default itself where it is one value. */
interface Changeable {
  readonly part: string;
  /** The same in all stages. */
  readonly usual?: unknown;
  readonly ofStage?: keyof StageDefaults;
}

type Changeables = Readonly<Record<string, Changeable>>;

/** What a user may give in the place of a default, by where it is given. */
export const CHANGEABLE = {
  app: {
    logGroup: { part: 'log' },
    failureQueue: { part: 'failure queue' },
    failureBucket: { part: 'table changes' },
    sharding: { part: 'stacks' },
    scaling: { part: 'concurrency' },
  },
  http: {
    api: { part: 'HTTP' },
    apiOptions: { part: 'HTTP' },
    cors: { part: 'HTTP' },
    authorizer: { part: 'HTTP' },
    throttle: { part: 'HTTP' },
    accessLog: { part: 'HTTP', usual: true },
    accessLogGroup: { part: 'HTTP' },
    accessLogFormat: { part: 'HTTP' },
    domain: { part: 'HTTP' },
  },
  function: {
    runtime: { part: 'runtime, architecture', usual: FUNCTION_DEFAULTS.runtime },
    architecture: { part: 'runtime, architecture', usual: FUNCTION_DEFAULTS.architecture },
    memorySize: { part: 'memory', usual: FUNCTION_DEFAULTS.memorySize },
    timeout: { part: 'timeout' },
    reservedConcurrentExecutions: { part: 'concurrency' },
    switchedOff: { part: 'concurrency', usual: false },
    bundling: { part: 'bundling' },
    coldStart: { part: 'cold starts', usual: 'onDemand' },
    rollout: { part: 'rollout', usual: 'allAtOnce' },
    role: { part: 'permissions' },
    logGroup: { part: 'log' },
    loggingFormat: { part: 'log', usual: 'JSON' },
    systemLogLevelV2: { part: 'log', usual: FUNCTION_DEFAULTS.systemLogLevel },
    applicationLogLevelV2: { part: 'log', usual: FUNCTION_DEFAULTS.applicationLogLevel },
    onFailure: { part: 'asynchronous events' },
    retryAttempts: { part: 'asynchronous events', usual: ASYNC_DEFAULTS.retryAttempts },
    maxEventAge: { part: 'asynchronous events', usual: ASYNC_DEFAULTS.maxEventAge },
  },
  route: { authorizer: { part: 'HTTP' }, throttle: { part: 'HTTP' } },
  tableChanges: {
    startingPosition: { part: 'table changes', usual: TABLE_CHANGES_DEFAULTS.startingPosition },
    batchSize: { part: 'table changes', usual: TABLE_CHANGES_DEFAULTS.batchSize },
    maxRetryAttempts: { part: 'table changes', usual: TABLE_CHANGES_DEFAULTS.retryAttempts },
    maxRecordAge: { part: 'table changes', usual: TABLE_CHANGES_DEFAULTS.maxRecordAge },
    bisectBatchOnError: { part: 'table changes', usual: TABLE_CHANGES_DEFAULTS.bisectBatchOnError },
    reportBatchItemFailures: {
      part: 'table changes',
      usual: TABLE_CHANGES_DEFAULTS.reportBatchItemFailures,
    },
  },
  schedule: {
    enabled: { part: 'schedules', ofStage: 'schedulesEnabled' },
    retryPolicy: { part: 'schedules' },
  },
  table: {
    billing: { part: 'tables' },
    warmThroughput: { part: 'tables' },
    dynamoStream: { part: 'tables', usual: 'NEW_AND_OLD_IMAGES' },
    pointInTimeRecovery: { part: 'tables', ofStage: 'pointInTimeRecovery' },
    pointInTimeRecoverySpecification: { part: 'tables' },
    deletionProtection: { part: 'tables', ofStage: 'deletionProtection' },
    removalPolicy: { part: 'tables', ofStage: 'tableRemovalPolicy' },
  },
  bucket: {
    blockPublicAccess: { part: 'buckets' },
    encryption: { part: 'buckets', usual: 'S3MANAGED' },
    encryptionKey: { part: 'buckets' },
    enforceSSL: { part: 'buckets', usual: true },
    removalPolicy: { part: 'buckets', ofStage: 'removalPolicy' },
    autoDeleteObjects: { part: 'buckets', usual: false },
    lifecycleRules: { part: 'buckets' },
  },
} as const satisfies Readonly<Record<string, Changeables>>;

/** Where a default is changed. */
export type ChangePlace = keyof typeof CHANGEABLE;

/** What of the table of defaults the user gave otherwise, as the constructs come upon it. */
export class ChangedDefaults {
  /** With what the app itself was given. */
  static ofApp(stage: AppStage, props: ServerlessAppProps): ChangedDefaults {
    const changes = new ChangedDefaults(stage);
    changes.record('app', 'app', props);
    changes.record('http', 'http', props.http ?? {});
    changes.record('function', 'functionDefaults', props.functionDefaults ?? {});
    return changes;
  }

  private readonly changes: Array<ChangedDefaultFacts & { readonly part: string }> = [];

  constructor(private readonly stage: AppStage) {}

  /**
   * @param at whose it is, as a path from the app: `functions.Resize`
   * @param given what the user gave
   */
  record(place: ChangePlace, at: string, given: object): void {
    const known: Changeables = CHANGEABLE[place];
    for (const [prop, value] of Object.entries(given)) {
      const changeable = Object.hasOwn(known, prop) ? known[prop] : undefined;
      if (changeable === undefined || value === undefined) {
        continue;
      }
      const said = inShort(value);
      const { usual, ofStage } = changeable;
      const same = ofStage === undefined ? usual : STAGE_DEFAULTS[this.stage][ofStage];
      if (same === undefined || said !== inShort(same)) {
        this.changes.push({ part: changeable.part, at, prop, value: said });
      }
    }
  }

  /** The table of defaults, with what was changed of it. */
  facts(): DefaultFacts[] {
    return defaultsRows().map(({ part, production, development = production, reason }) => ({
      part,
      value: this.stage === AppStage.DEVELOPMENT ? development : production,
      reason,
      changed: this.changes
        .filter((change) => change.part === part)
        .map(({ at, prop, value }) => ({ at, prop, value })),
    }));
  }
}

/** A value as it can stand in a table: of an object with options, those that are given. */
function inShort(value: unknown): string | number | boolean {
  if (isPrimitive(value)) {
    return value;
  }
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) {
    return 'given';
  }
  if (value instanceof Duration || value instanceof Size) {
    return value.isUnresolved() ? 'known at deployment' : show(value);
  }
  const { name, kind, mode } = value as Readonly<Record<string, unknown>>;
  const said = [name, kind, mode].find((word) => typeof word === 'string');
  if (typeof said === 'string') {
    return said; // a runtime, a `ColdStart`, a `Billing`
  }
  const plain = Object.getPrototypeOf(value) === Object.prototype;
  const options = Object.entries(plain ? value : {}).filter(([, of]) => of !== undefined);
  return options.length === 0 ? 'given' : options.map(inWords).join(', ');
}

/** `rateLimit: 200`; of what has parts itself the name alone. */
function inWords([name, value]: [string, unknown]): string {
  const short = value instanceof Duration ? inShort(value) : value;
  return isPrimitive(short) ? `${name}: ${short}` : name;
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function show(value: Duration | Size): string {
  return value instanceof Duration ? value.toHumanString() : `${value.toMebibytes()} MiB`;
}
