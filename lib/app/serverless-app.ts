import * as path from 'node:path';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AppMonitoring } from '../monitoring/private/app-monitoring';
import { AppModel } from '../model/app-model';
import { AppStage } from '../model/app-stage';
import { AppTableProps } from '../storage/app-table-props';
import { CostEstimate } from '../estimate/cost-estimate';
import { EstimateOptions, EstimateQuestion } from '../estimate/estimate-options';
import { AppFailures } from '../failure/app-failures';
import { AppFunction } from '../function/app-function';
import { AppFunctionOptions, AppFunctionProps } from '../function/app-function-props';
import { AppRollouts } from '../function/private/app-rollouts';
import { AppAccessLogs } from '../storage/access-logs';
import { AppBucket } from '../storage/app-bucket';
import { emptyModel } from '../synthesis/app-facts';
import { requireSharding, requireStage } from './app-rules';
import { AppShards } from '../core/app-shards';
import { APP_SHAPE } from './app-shapes';
import { addBucket, addTable } from '../storage/app-storage';
import { attachSynthesis } from '../synthesis/app-synthesis';
import { ChangedDefaults } from '../core/changed-defaults';
import { STAGE_DEFAULTS } from '../core/defaults';
import { appEstimates } from '../synthesis/load-estimates';
import { appGuards } from '../synthesis/load-guards';
import { makeLogGroup } from '../core/log-group';
import { PropCheck } from '../props/prop-check';
import { checkShape } from '../props/shape';
import * as shortForms from './short-forms';
import { makeBucket } from '../storage/storage';
import {
  ObjectFunctionOptions,
  RequestFunctionOptions,
  ScheduleFunctionOptions,
  ServerlessAppProps,
  TableChangeFunctionOptions,
} from './serverless-app-props';
import type { AppFinding, AppGuard } from '../guard/app-guard';
import { HttpOptions } from '../http/http-options';
import { AppHttp, makeHttp } from '../http/app-http';
import { AppSchedules } from '../trigger/schedule/app-schedules';

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
  public readonly _monitoring: AppMonitoring;

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
    this._model = emptyModel(this, props);
    this._changes = ChangedDefaults.ofApp(this.stage, props);
    const { failureQueue: queue, failureBucket: bucket } = props;
    this._failures = new AppFailures(this, this.defaults, { queue, bucket });
    this._monitoring = new AppMonitoring(this, props);
    this._accessLogs = new AppAccessLogs(this, this.defaults, {
      enabled: props.serverAccessLogs,
      bucket: props.serverAccessLogsBucket,
    });
    this._schedules = new AppSchedules(this);
    this._shards = new AppShards(this, requireSharding(props.sharding, this._check));
    this.logGroup = props.logGroup ?? makeLogGroup(this, 'Logs', this.defaults);
    this._monitoring.watchApp();
    this.dashboard = this._monitoring.dashboard;
    attachSynthesis(this, props);
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
    return this._monitoring.budget?.resource;
  }

  /**
   * What the app costs an hour, in dollars, within minutes: what Lambda bills, its requests and those to the API, and what is kept ready.
   * For graphs and alarms of your own. It follows from all functions: ask for it after the last one is declared. Each memory
   * size of the functions makes a metric of $0.30 a month, and so do the invocations.
   */
  public metricRunRate(options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    return this._monitoring.runRate.metricForUser(options);
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
    return shortForms.onRequest(this, route, entry, options);
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
    return shortForms.onTableChange(this, table, entry, options);
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
    return shortForms.onObjectCreated(this, bucket, entry, options);
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
    return shortForms.onSchedule(this, schedule, entry, options);
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
    return addTable(this, id, props, this.defaults);
  }

  /**
   * Adds a bucket: private, encrypted, TLS only, and able to notify functions without a helper. Its `addEventNotification`,
   * which would bring one, is an error: use `onObjectCreated` or `enableEventBridgeNotification()`.
   *
   * Its name is unique to the stack. With `bucketNamespace: BucketNamespace.ACCOUNT_REGIONAL`, which an organization can require,
   * it is in your account's own namespace; the global one is the default, since its names may be longer and every tool knows it.
   *
   * A bucket that is removed stays in the account in production. To add it again, deploy with `cdk deploy --import-existing-resources`.
   */
  public addBucket(id: string, props: s3.BucketProps = {}): s3.Bucket {
    return addBucket(this, id, props);
  }

  /**
   * What the app, as far as it is declared, costs a month at three usage levels. It is calculated, without an account; what is known
   * only at deployment counts as something usual, which `assumptions` names.
   */
  public estimate(question: EstimateQuestion = {}): CostEstimate {
    return appEstimates().currentEstimate(this, question, this.estimateOptions);
  }

  /** Lets an alarm of your own tell whom the app tells; it counts in the estimate. */
  public addAlarm(alarm: cloudwatch.AlarmBase): void {
    this._monitoring.alarms.addOwn(alarm);
  }

  /** The alarm of this name, if there is one, for example `ApiLatency` or `ProjectOrderStreamAge`. */
  public tryGetAlarm(name: string): cloudwatch.Alarm | undefined {
    return this._monitoring.alarms.all.get(name);
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
    this.http ??= makeHttp(this, this.httpOptions, this.defaults);
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
  public _makeBucket(id: string, props: s3.BucketProps, named = true): AppBucket {
    const bucket = makeBucket(this, id, props, this.defaults, named);
    this._accessLogs.follow(bucket, props);
    return bucket;
  }

  private get defaults(): (typeof STAGE_DEFAULTS)[AppStage] {
    return STAGE_DEFAULTS[this.stage];
  }
}
