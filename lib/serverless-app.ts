import * as path from 'node:path';
import { AspectPriority, Aspects, attachCustomSynthesis } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { addApiAlarms } from './alarm/api-alarms';
import { AppAlarms } from './alarm/app-alarms';
import { makeDashboard } from './alarm/app-dashboard';
import { AppNotifications } from './alarm/app-notifications';
import { addFailedShare } from './alarm/failed-share';
import { AppLogMetrics } from './alarm/private/app-log-metrics';
import { reportBlindness } from './alarm/private/report-blindness';
import { AppRunRate } from './alarm/private/app-run-rate';
import { addRunRate } from './alarm/run-rate-alarm';
import { addThrottles } from './alarm/throttles';
import { AppModel } from './app-model';
import { AppStage } from './app-stage';
import { AppTableProps } from './app-table-props';
import { CostEstimate } from './cost/cost-estimate';
import { estimateOf } from './cost/estimate';
import { EstimateOptions, EstimateQuestion } from './cost/estimate-options';
import { AppBudget } from './cost/private/app-budget';
import { AppFailures } from './failure/app-failures';
import { AppFunction } from './function/app-function';
import { AppFunctionOptions, AppFunctionProps } from './function/app-function-props';
import { AppRollouts } from './function/private/app-rollouts';
import { AppAccessLogs } from './private/access-logs';
import { acknowledgeFindings } from './private/acknowledgements';
import { AppBucket } from './private/app-bucket';
import { completeModel, emptyModel } from './private/app-facts';
import { writeEstimate } from './private/estimate-file';
import {
  requireBudget,
  requireSharding,
  requireStage,
  validateNotEmpty,
} from './private/app-rules';
import { AppShards } from './private/app-shards';
import { APP_SHAPE, BUCKET_SHAPE, TABLE_SHAPE } from './private/app-shapes';
import { BeforeSynthesis } from './private/before-synthesis';
import { ChangedDefaults } from './private/changed-defaults';
import { STAGE_DEFAULTS } from './private/defaults';
import { requireFreeId } from './private/free-ids';
import { writeModel } from './private/model-file';
import { functionIdFromEntry } from './private/names';
import { claimName } from './private/physical-names';
import { PropCheck } from './private/prop-check';
import { splitOptions } from './private/options';
import { appGuards } from './private/load-guards';
import { checkShape } from './private/shape';
import { writeReport } from './private/report-file';
import { makeBucket, makeTable } from './private/storage';
import { tableCostFacts } from './private/table-cost-facts';
import { checkTableProps, tableThroughput } from './private/table-rules';
import { appUsageFacts } from './private/usage-facts';
import {
  ObjectFunctionOptions,
  RequestFunctionOptions,
  ScheduleFunctionOptions,
  ServerlessAppProps,
  TableChangeFunctionOptions,
} from './serverless-app-props';
import type { AppFinding, AppGuard } from './guard/app-guard';
import { HttpOptions } from './trigger/http-options';
import { AppHttp } from './trigger/private/app-http';
import { AppSchedules } from './trigger/private/app-schedules';
import { Trigger } from './trigger/trigger';
import { ITrigger } from './trigger/trigger-config';
import {
  HTTP_OPTIONS,
  OBJECT_OPTIONS,
  SCHEDULE_OPTIONS,
  TABLE_CHANGES_OPTIONS,
} from './trigger/private/option-names';

/**
 * A serverless app: functions, what runs them, and what they may touch.
 *
 * Queue, bucket, API and log group that the app needs are made when they are first needed; one of each, whatever the number
 * of functions.
 */
export class ServerlessApp extends Construct {
  /** What the app is for. */
  public readonly stage: AppStage;

  /** The folder that the functions' entries start from. */
  public readonly root: string;

  /** The options of all functions. */
  public readonly functionDefaults: AppFunctionOptions;

  /** The log group that the functions write to. */
  public readonly logGroup: logs.ILogGroup;

  /** @internal */
  public readonly _check: PropCheck;

  /** @internal */
  public readonly _failures: AppFailures;

  /** @internal */
  public readonly _accessLogs: AppAccessLogs;

  /** @internal */
  public readonly _schedules: AppSchedules;

  /** @internal */
  public readonly _shards: AppShards;

  /** @internal */
  public readonly _rollouts = new AppRollouts(this);

  /** @internal */
  public readonly _notifications: AppNotifications;

  /** @internal */
  public readonly _alarms: AppAlarms;

  /** @internal */
  public readonly _logMetrics: AppLogMetrics;

  /** @internal */
  public readonly _runRate: AppRunRate;

  /** @internal */
  public readonly _budget?: AppBudget;

  /** @internal */
  public readonly _model: AppModel;

  /** @internal */
  public readonly _changes: ChangedDefaults;
  /** The dashboard, if there is one; add widgets of your own to it. */
  public readonly dashboard?: cloudwatch.Dashboard;

  private readonly declared: AppFunction[] = [];
  private readonly httpOptions: HttpOptions;
  private readonly estimateOptions: EstimateOptions;
  private http?: AppHttp;

  public constructor(scope: Construct, id: string, props: ServerlessAppProps = {}) {
    super(scope, id);
    this._check = new PropCheck(this.node.path, '');
    checkShape(props, APP_SHAPE, this._check);
    this.stage = requireStage(props.stage ?? AppStage.PRODUCTION, this._check);
    this.root = path.resolve(props.root ?? '.');
    this.functionDefaults = props.functionDefaults ?? {};
    this.httpOptions = props.http ?? {};
    this.estimateOptions = props.estimate ?? {};
    this._logMetrics = new AppLogMetrics(this);
    this._runRate = new AppRunRate(this);
    this._model = emptyModel(this, props);
    this._changes = new ChangedDefaults(this.stage);
    this._changes.record('app', 'app', props);
    this._changes.record('http', 'http', this.httpOptions);
    this._changes.record('function', 'functionDefaults', this.functionDefaults);
    this._failures = new AppFailures(this, this.defaults, {
      queue: props.failureQueue,
      bucket: props.failureBucket,
    });
    this._notifications = new AppNotifications(this, {
      mails: props.notify,
      topic: props.notifyTopic,
    });
    this._alarms = new AppAlarms(this, props.alarms ?? {}, props.alarmsEnabled);
    this._accessLogs = new AppAccessLogs(this, this.defaults, {
      enabled: props.serverAccessLogs,
      bucket: props.serverAccessLogsBucket,
    });
    this._schedules = new AppSchedules(this);
    this._shards = new AppShards(this, requireSharding(props.sharding, this._check));
    this.logGroup = props.logGroup ?? this.makeLogGroup();
    addFailedShare(this);
    addThrottles(this);
    const { budget, alarms = {} } = props;
    this._budget = budget && new AppBudget(this, requireBudget(budget, this._check));
    addRunRate(this, budget, alarms.RunRate);
    this.dashboard = (props.dashboard ?? this._alarms.areOn) ? makeDashboard(this) : undefined;
    this.node.addValidation({ validate: () => validateNotEmpty(this) });
    this.node.addValidation({ validate: () => this._alarms.validate() });
    this.node.addValidation({ validate: () => reportBlindness(this) });
    if (props.acknowledgements !== false) {
      this.node.addValidation({ validate: () => acknowledgeFindings(this) });
    }
    this.node.addValidation({ validate: () => appGuards().reportFindings(this) });
    Aspects.of(this).add(new BeforeSynthesis(this), { priority: AspectPriority.READONLY });
    attachCustomSynthesis(this, {
      onSynthesize: (session) => {
        const facts = { ...completeModel(this), guards: appGuards().guardsFacts(this) };
        const model = writeModel(this, facts, session.outdir);
        writeEstimate(this, model, this.estimateOptions, session.outdir);
        if (props.report === true) {
          writeReport(this, model, this.estimateOptions, session.outdir);
        }
      },
    });
  }

  /** The functions, in the order in which they were declared. */
  public get functions(): AppFunction[] {
    return this.declared.filter((fn) => fn.node.scope?.node.tryFindChild(fn.node.id) === fn);
  }

  /** The HTTP API: yours where `http.api` is given, else the app's, which is made by the first reading or route. */
  public get api(): apigateway.IHttpApi {
    return this._http.api;
  }

  /** The address of the API, with a slash at its end. */
  public get url(): string {
    return this._http.url;
  }

  /** The budget, if there is one. */
  public get budget(): budgets.CfnBudget | undefined {
    return this._budget?.resource;
  }

  /**
   * What the app costs an hour, in dollars, within minutes: what Lambda bills, its requests and those to the API, and what is kept ready.
   * For graphs and alarms of your own. It follows from all functions: ask for it after the last one is declared. Each memory
   * size of the functions makes a metric of $0.30 a month, and so do the invocations.
   */
  public metricRunRate(options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    return this._runRate.metricForUser(options);
  }

  /** The log group of the API's access log, once there is an API. */
  public get accessLogGroup(): logs.ILogGroup | undefined {
    return this.http?.accessLogGroup;
  }

  /** The custom domain of the API, once there is an API. */
  public get domainName(): apigateway.DomainName | undefined {
    return this.http?.domainName;
  }

  /** The queue where events end that a function could not process; made by the first reading or asynchronous trigger. */
  public get failureQueue(): sqs.IQueue {
    return this._failures.queue;
  }

  /** The bucket that keeps table changes that a function could not process; made by the first reading or such trigger. */
  public get failureBucket(): s3.IBucket {
    return this._failures.bucket;
  }

  /** The bucket with the server access logs of the app's buckets, once one of them has such logs. */
  public get serverAccessLogsBucket(): s3.IBucket | undefined {
    return this._accessLogs.existingBucket;
  }

  /**
   * Runs the code in `entry` on an HTTP request.
   *
   * @param route `METHOD /path/{parameter}`, `ANY /path`, `GET /files/{proxy+}` or `$default`
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onRequest(
    route: string,
    entry: string,
    options: RequestFunctionOptions = {},
  ): AppFunction {
    const { picked, rest } = splitOptions(options, HTTP_OPTIONS, this._check);
    return this.addShort(entry, rest, Trigger.http(route, picked));
  }

  /**
   * Runs the code in `entry` on changes of a table's items.
   *
   * @param table a table with a stream; one made by `addTable` has it
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onTableChange(
    table: dynamodb.ITable,
    entry: string,
    options: TableChangeFunctionOptions = {},
  ): AppFunction {
    const { picked, rest } = splitOptions(options, TABLE_CHANGES_OPTIONS, this._check);
    return this.addShort(entry, rest, Trigger.tableChanges(table, picked));
  }

  /**
   * Runs the code in `entry` when an object is created in a bucket.
   *
   * @param bucket a bucket made by `addBucket`, or any other one that sends its events to EventBridge
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onObjectCreated(
    bucket: s3.IBucket,
    entry: string,
    options: ObjectFunctionOptions = {},
  ): AppFunction {
    const { picked, rest } = splitOptions(options, OBJECT_OPTIONS, this._check);
    return this.addShort(entry, rest, Trigger.objectCreated(bucket, picked));
  }

  /**
   * Runs the code in `entry` at a time.
   *
   * @param schedule `ScheduleExpression.cron({...})`, `.rate(...)` or `.at(...)`
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onSchedule(
    schedule: scheduler.ScheduleExpression,
    entry: string,
    options: ScheduleFunctionOptions = {},
  ): AppFunction {
    const { picked, rest } = splitOptions(options, SCHEDULE_OPTIONS, this._check);
    return this.addShort(entry, rest, Trigger.schedule(schedule, picked));
  }

  /**
   * Adds a function with any number of triggers. One that has none at its declaration counts as invoked asynchronously, by
   * whatever you connect to it: it gets the retries and the failure queue of such events.
   */
  public addFunction(id: string, props: AppFunctionProps): AppFunction {
    return new AppFunction(this, id, props);
  }

  /** Adds a table, on demand, with a stream. Bounds of its throughput that DynamoDB would refuse are errors. */
  public addTable(id: string, props: AppTableProps): dynamodb.TableV2 {
    requireFreeId(this, id, 'tables', 'give it another id');
    const check = this._check.at(`tables.${id}`);
    checkShape(props, TABLE_SHAPE, check);
    checkTableProps(props, check);
    this._changes.record('table', `tables.${id}`, props);
    claimName(this, 'tableName', props.tableName, check);
    const table = check.relay('', () => makeTable(this, id, props, this.defaults));
    this._model.tables.push({
      id,
      path: table.node.path,
      name: table.tableName,
      made: true,
      ...tableThroughput(props),
      ...tableCostFacts(props, this.defaults),
    });
    return table;
  }

  /**
   * Adds a bucket: private, encrypted, TLS only, and able to notify functions without a helper. Its `addEventNotification`,
   * which would bring one, is an error: use `onObjectCreated` or `enableEventBridgeNotification()`.
   */
  public addBucket(id: string, props: s3.BucketProps = {}): s3.Bucket {
    requireFreeId(this, id, 'buckets', 'give it another id');
    const check = this._check.at(`buckets.${id}`);
    checkShape(props, BUCKET_SHAPE, check);
    this._changes.record('bucket', `buckets.${id}`, props);
    claimName(this, 'bucketName', props.bucketName, check);
    const bucket = check.relay('', () => this._makeBucket(id, props));
    this._model.buckets.push({ id, path: bucket.node.path, name: bucket.bucketName, made: true });
    return bucket;
  }

  /**
   * What the app, as far as it is declared, costs a month at three usage levels. It is calculated, without an account; what is known
   * only at deployment counts as something usual, which `assumptions` names.
   */
  public estimate(question: EstimateQuestion = {}): CostEstimate {
    checkShape(question, {}, this._check, 'estimate');
    const usage = appUsageFacts(question.usage, this._check.at('estimate.usage'));
    const { freeTier = this.estimateOptions.freeTier } = question;
    return CostEstimate._of(estimateOf(completeModel(this), { freeTier, usage }));
  }

  /** Lets an alarm of your own tell whom the app tells; it counts in the estimate. */
  public addAlarm(alarm: cloudwatch.AlarmBase): void {
    this._alarms.addOwn(alarm);
  }

  /** The alarm of this name, if there is one, for example `ApiLatency` or `ProjectOrderStreamAge`. */
  public tryGetAlarm(name: string): cloudwatch.Alarm | undefined {
    return this._alarms.all.get(name);
  }

  /** All that the app is checked for at synthesis, with what to do about it. */
  public get guards(): AppGuard[] {
    return appGuards().describeGuards();
  }

  /**
   * What the guards find in what is declared so far. Synthesis asks the same at its end: errors end it, warnings are told.
   *
   * What was accepted for some occurrences only (`Validations.of(app).acknowledge({ id, reason, where })`) counts as accepted here.
   */
  public findings(): AppFinding[] {
    return appGuards().currentFindings(this);
  }

  /**
   * Accepts the warnings of a guard in the whole app. For one function alone use `Validations.of(fn).acknowledge({ id, reason })`.
   *
   * @param id the guard's id, for example `cdk-serverless-app:event-loop`; one that is not known, or has only errors, is an error
   * @param reason why it is accepted; it stands in the app's model and report
   */
  public acknowledge(id: string, reason: string): void {
    appGuards().acknowledge(this, id, reason);
  }

  /** @internal */
  public get _http(): AppHttp {
    if (this.http === undefined) {
      this.http = new AppHttp(this, this.httpOptions, this.defaults);
      addApiAlarms(this, this.http.api);
    }
    return this.http;
  }

  /** @internal */
  public get _existingHttp(): AppHttp | undefined {
    return this.http;
  }

  /** @internal */
  public _declare(fn: AppFunction): void {
    this.declared.push(fn);
  }

  /** @internal */
  public _makeBucket(id: string, props: s3.BucketProps): AppBucket {
    const bucket = makeBucket(this, id, props, this.defaults);
    this._accessLogs.follow(bucket, props);
    return bucket;
  }

  private get defaults(): (typeof STAGE_DEFAULTS)[AppStage] {
    return STAGE_DEFAULTS[this.stage];
  }

  private addShort(
    entry: string,
    options: AppFunctionOptions & { readonly id?: string },
    trigger: ITrigger,
  ): AppFunction {
    const { id = functionIdFromEntry(entry, this._check), ...rest } = options;
    return this.addFunction(id, { ...rest, entry, triggers: [trigger] });
  }

  private makeLogGroup(): logs.LogGroup {
    return new logs.LogGroup(this, 'Logs', {
      retention: this.defaults.logRetention,
      removalPolicy: this.defaults.removalPolicy,
    });
  }
}
