import * as path from 'node:path';
import type * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { AppStage } from '../model/app-stage';
import { AppTableProps } from '../storage/app-table-props';
import { CostEstimate } from '../estimate/cost-estimate';
import { EstimateOptions, EstimateQuestion } from '../estimate/estimate-options';
import { AppFunction } from '../function/app-function';
import { AppFunctionOptions, AppFunctionProps } from '../function/app-function-props';
import { addEventBus, defaultEventBus } from '../storage/app-event-bus';
import { AppEventBusProps } from '../storage/app-event-bus-props';
import { addQueue } from '../storage/app-queue';
import { addBucket, addTable } from '../storage/app-storage';
import { addTopic } from '../storage/app-topic';
import { addConnectionsTable } from '../storage/connections-table';
import { ConnectionsTableProps } from '../storage/connections-table-props';
import { addStream } from '../storage/app-stream';
import { attachSynthesis } from '../synthesis/app-synthesis';
import { APP_PROPS } from './app-prop-set';
import { DEFAULT_STAGE } from '../core/defaults';
import { appEstimates } from '../synthesis/load-estimates';
import { appGuards } from '../synthesis/load-guards';
import { makeLogGroup } from '../core/log-group';
import { PropCheck } from '../props/prop-check';
import { checkProps } from '../props/check-props';
import { addWithRoutes, addWithSockets, addWithTriggers } from './short-forms';
import { EVENT_TRIGGER_PROPS } from '../trigger/event/event-options';
import { EventFunctionOptions } from '../trigger/event/event-trigger';
import {
  FUNCTION_URL_TRIGGER_PROPS,
  UrlFunctionOptions,
} from '../trigger/function-url/function-url-trigger';
import { OBJECT_TRIGGER_PROPS } from '../trigger/object/object-options';
import { MessageFunctionOptions, QUEUE_TRIGGER_PROPS } from '../trigger/queue/queue-trigger';
import { SCHEDULE_TRIGGER_PROPS } from '../trigger/schedule/schedule-options';
import { RecordFunctionOptions, STREAM_TRIGGER_PROPS } from '../trigger/stream/stream-trigger';
import { TABLE_CHANGES_TRIGGER_PROPS } from '../trigger/table-changes/table-changes-trigger';
import { NotificationFunctionOptions, TOPIC_TRIGGER_PROPS } from '../trigger/topic/topic-trigger';
import {
  USER_POOL_TRIGGER_PROPS,
  UserPoolFunctionOptions,
} from '../trigger/user-pool/user-pool-trigger';
import type { SocketFunctionOptions } from '../trigger/web-socket/web-socket-trigger';
import { Trigger } from '../trigger/trigger';
import {
  ObjectFunctionOptions,
  RequestFunctionOptions,
  ScheduleFunctionOptions,
  ServerlessAppProps,
  TableChangeFunctionOptions,
} from './serverless-app-props';
import type { AppFinding, AppGuard } from '../guard/app-guard';
import { AppContext } from '../core/app-context';
import { injectedProps } from '../core/injected-props';
import { AppProps, checkAtOnce } from './app-parts';
import type { IServerlessApp } from '../core/contract';
import { Failures } from '../failure/failures';
import { ForwardOptions } from '../http/rest/forward-options';
import { forwardRequest } from '../http/rest/forward-request';
import { RequestTarget } from '../http/rest/request-target';
import { HttpApis } from '../http/http-apis';
import { SocketApis } from '../http/socket/socket-apis';
import { Alarms } from '../monitoring/alarms';
import { Monitoring } from '../monitoring/monitoring';
import { RunRate } from '../monitoring/run-rate';
import type { AppSite } from '../site/app-site';
import { sites } from '../site/load-sites';
import type { SiteOptions } from '../site/site-props';
import type { AppWorkflow } from '../workflow/app-workflow';
import { workflows } from '../workflow/load-workflows';
import { WorkflowOptions } from '../workflow/workflow-options';
import { AccessLogs } from '../storage/access-logs';

/**
 * A serverless app: functions, the events that trigger them, and the resources that they may use.
 *
 * The app creates its failure queue, failure bucket, API and log group when they are first needed, one of each for all functions.
 */
export class ServerlessApp extends Construct implements IServerlessApp {
  /** The name of this class for the CDK's `PropertyInjectors`. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-serverless-app.ServerlessApp';

  /** The stage, which selects the column of the defaults table. */
  public readonly stage: AppStage;

  /** The absolute path that `entry` paths are relative to. */
  public readonly root: string;

  /** The options of all functions. */
  public readonly functionDefaults: AppFunctionOptions;

  /** The log group that the functions write to. */
  public readonly logGroup: logs.ILogGroup;

  /** The dashboard, if there is one; you can add your own widgets to it. */
  public readonly dashboard?: cloudwatch.Dashboard;

  private readonly estimateOptions: EstimateOptions;

  public constructor(scope: Construct, id: string, props: ServerlessAppProps = {}) {
    super(scope, id);
    props = injectedProps(ServerlessApp.PROPERTY_INJECTION_ID, props, scope, id);
    const check = new PropCheck(this.node.path, '');
    checkProps(props, APP_PROPS, check);
    this.stage = props.stage ?? DEFAULT_STAGE;
    this.root = path.resolve(props.root ?? '.');
    this.functionDefaults = props.functionDefaults ?? {};
    this.estimateOptions = props.estimate ?? {};
    const { defaults, changes } = AppContext.open(this, props satisfies AppProps);
    changes.record(props, APP_PROPS, '');
    this.logGroup = props.logGroup ?? makeLogGroup(this, 'Logs', defaults);
    this.dashboard = Monitoring.of(this).dashboard;
    checkAtOnce(this);
    attachSynthesis(this, props);
  }

  /** The functions, in the order in which they were declared. */
  public get functions(): AppFunction[] {
    return AppContext.of(this).functions as AppFunction[];
  }

  /**
   * The HTTP API: `http.api` if given, otherwise the app's own, created by the first route or the first access to this property. Throws if
   * the
   * app has `rest`.
   */
  public get api(): apigateway.IHttpApi {
    return HttpApis.of(this).httpApi;
  }

  /**
   * The REST API: `rest.api` if given, otherwise the app's own, a `SpecRestApi` that the first route or the first access to this property
   * creates. Throws if the app has no `rest`.
   */
  public get restApi(): apigw.RestApiBase {
    return HttpApis.of(this).restApi.api;
  }

  /** The URL of the API, with a trailing slash. */
  public get url(): string {
    return HttpApis.of(this).ofApp.url;
  }

  /**
   * The stage of the WebSocket API: `webSocket.stage` if given, otherwise the app's own, created by the first route or the first access
   * to this property. Its `url` is the address for clients (`wss://…`), its `callbackUrl` the one for functions that send messages.
   */
  public get webSocketStage(): apigateway.IWebSocketStage {
    return SocketApis.of(this).ofApp.stage;
  }

  /** The address of the WebSocket API for clients, at its own domain if it has one: `wss://…`. */
  public get webSocketUrl(): string {
    return SocketApis.of(this).ofApp.url;
  }

  /** The budget, if there is one. */
  public get budget(): budgets.CfnBudget | undefined {
    return Monitoring.of(this).budget?.resource;
  }

  /**
   * The app's cost per hour in dollars, up to date within minutes: what Lambda bills for the functions' duration, the requests to
   * Lambda and to the API, and the environments and snapshots that are kept ready. Use it for your own graphs and alarms. It
   * depends on all functions and routes, so call it after the last one is declared. It needs one metric for each memory size of
   * the functions and one for the invocations, at $0.30 a month each.
   */
  public metricRunRate(options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    return RunRate.of(this).metricForUser(options);
  }

  /** The log group of the API's access log, once there is an API. */
  public get accessLogGroup(): logs.ILogGroup | undefined {
    return HttpApis.of(this).existing?.accessLogGroup;
  }

  /** The custom domain of the API, once there is an API. */
  public get domainName(): apigateway.DomainName | undefined {
    return HttpApis.of(this).existing?.domainName;
  }

  /** The queue for events that no function could process. The first asynchronous trigger or the first read creates it. */
  public get failureQueue(): sqs.IQueue {
    return Failures.of(this).queue;
  }

  /**
   * The bucket for stream records and table changes that no function could process. The first trigger of that kind, or the first
   * read, creates it.
   */
  public get failureBucket(): s3.IBucket {
    return Failures.of(this).bucket;
  }

  /** The bucket with the server access logs of the app's buckets, once one of them has such logs. */
  public get serverAccessLogsBucket(): s3.IBucket | undefined {
    return AccessLogs.of(this).existingBucket;
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
    return this.onRequests([route], entry, options);
  }

  /**
   * Runs the code in `entry` on HTTP requests to several routes, as one function.
   *
   * @param routes each as for `onRequest`, for example `['GET /orders', 'POST /orders', 'GET /orders/{id}']`
   * @param entry the file that exports the handler, relative to the app's `root`
   * @param options apply to all routes; for a single route use `addTrigger(Trigger.http(route, options))`
   */
  public onRequests(
    routes: string[],
    entry: string,
    options: RequestFunctionOptions = {},
  ): AppFunction {
    return addWithRoutes(this, entry, routes, options);
  }

  /**
   * Sends an HTTP request directly to a service, without a function: to a queue, an event bus or a state machine. API Gateway
   * responds with 202 once the service has the request. The app must have `rest`. The role of these routes may do nothing else.
   *
   * @param route `POST /orders`
   */
  public forwardRequest(route: string, target: RequestTarget, options: ForwardOptions = {}): void {
    forwardRequest(this, route, target, options);
  }

  /**
   * Runs the code in `entry` when a client of the WebSocket API connects, disconnects or sends a message.
   *
   * @param route `$connect`, `$disconnect`, `$default`, or the name that messages carry in `action` (`webSocket.routeSelectionExpression`)
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onSocket(route: string, entry: string, options: SocketFunctionOptions = {}): AppFunction {
    return this.onSockets([route], entry, options);
  }

  /**
   * Runs the code in `entry` on several events of the WebSocket API: one function with several routes.
   *
   * @param routes each as for `onSocket`, for example `['$connect', '$disconnect']`
   * @param entry the file that exports the handler, relative to the app's `root`
   * @param options apply to all routes that support them
   */
  public onSockets(
    routes: string[],
    entry: string,
    options: SocketFunctionOptions = {},
  ): AppFunction {
    return addWithSockets(this, entry, routes, options);
  }

  /**
   * Runs the code in `entry` on requests to a URL of its own, without API Gateway: `onFunctionUrl(…).functionUrl.url`.
   *
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onFunctionUrl(entry: string, options: UrlFunctionOptions = {}): AppFunction {
    return addWithTriggers(this, entry, options, {
      ofTrigger: FUNCTION_URL_TRIGGER_PROPS,
      triggers: (own) => [Trigger.functionUrl(own)],
      together: '`addTrigger(Trigger.functionUrl())` after the first',
    });
  }

  /**
   * Runs the code in `entry` on changes to a table's items.
   *
   * @param table a table with a stream; one made by `addTable` has one
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onTableChange(
    table: dynamodb.ITable,
    entry: string,
    options: TableChangeFunctionOptions = {},
  ): AppFunction {
    return addWithTriggers(this, entry, options, {
      ofTrigger: TABLE_CHANGES_TRIGGER_PROPS,
      triggers: (own) => [Trigger.tableChanges(table, own)],
      together: '`addTrigger(Trigger.tableChanges(table))` after the first',
    });
  }

  /**
   * Runs the code in `entry` when an object is created in a bucket.
   *
   * @param bucket a bucket made by `addBucket`, or any other bucket that sends its events to EventBridge
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onObjectCreated(
    bucket: s3.IBucket,
    entry: string,
    options: ObjectFunctionOptions = {},
  ): AppFunction {
    return addWithTriggers(this, entry, options, {
      ofTrigger: OBJECT_TRIGGER_PROPS,
      triggers: (own) => [Trigger.objectCreated(bucket, own)],
      together: '`addTrigger(Trigger.objectCreated(bucket))` after the first',
    });
  }

  /**
   * Runs the code in `entry` on messages of a queue.
   *
   * @param queue a queue made by `addQueue`, or another queue in the app's account and region
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onMessage(
    queue: sqs.IQueue,
    entry: string,
    options: MessageFunctionOptions = {},
  ): AppFunction {
    return addWithTriggers(this, entry, options, {
      ofTrigger: QUEUE_TRIGGER_PROPS,
      triggers: (own) => [Trigger.queue(queue, own)],
      together: '`addTrigger(Trigger.queue(queue))` after the first',
    });
  }

  /**
   * Runs the code in `entry` on messages of a topic.
   *
   * @param topic a topic made by `addTopic`, or another standard topic in the app's region
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onNotification(
    topic: sns.ITopic,
    entry: string,
    options: NotificationFunctionOptions = {},
  ): AppFunction {
    return addWithTriggers(this, entry, options, {
      ofTrigger: TOPIC_TRIGGER_PROPS,
      triggers: (own) => [Trigger.topic(topic, own)],
      together: '`addTrigger(Trigger.topic(topic))` after the first',
    });
  }

  /**
   * Runs the code in `entry` on records of a Kinesis stream.
   *
   * @param stream a stream made by `addStream`, or another stream in the app's account and region
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onRecord(
    stream: kinesis.IStream,
    entry: string,
    options: RecordFunctionOptions = {},
  ): AppFunction {
    return addWithTriggers(this, entry, options, {
      ofTrigger: STREAM_TRIGGER_PROPS,
      triggers: (own) => [Trigger.stream(stream, own)],
      together: '`addTrigger(Trigger.stream(stream))` after the first',
    });
  }

  /**
   * Runs the code in `entry` on events of an EventBridge bus.
   *
   * @param pattern selects the events: `{ source: ['shop'], detailType: ['OrderPlaced'] }`; use the CDK's `Match` for operators
   * @param entry the file that exports the handler, relative to the app's `root`
   * @param options include `eventBus`; without it, the account's default event bus is used
   */
  public onEvent(
    pattern: events.EventPattern,
    entry: string,
    options: EventFunctionOptions = {},
  ): AppFunction {
    return addWithTriggers(this, entry, options, {
      ofTrigger: EVENT_TRIGGER_PROPS,
      triggers: (own) => [Trigger.events(pattern, own)],
      together: '`addTrigger(Trigger.events(pattern))` after the first',
    });
  }

  /**
   * Runs the code in `entry` on an operation of a Cognito user pool.
   *
   * @param pool a pool that this CDK app creates
   * @param operation for example `UserPoolOperation.PRE_SIGN_UP`
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onUserPool(
    pool: cognito.UserPool,
    operation: cognito.UserPoolOperation,
    entry: string,
    options: UserPoolFunctionOptions = {},
  ): AppFunction {
    return addWithTriggers(this, entry, options, {
      ofTrigger: USER_POOL_TRIGGER_PROPS,
      triggers: (own) => [Trigger.userPool(pool, operation, own)],
      together: '`addTrigger(Trigger.userPool(pool, operation))` after the first',
    });
  }

  /**
   * Runs the code in `entry` on a schedule.
   *
   * @param schedule `ScheduleExpression.cron({...})`, `.rate(...)` or `.at(...)`
   * @param entry the file that exports the handler, relative to the app's `root`
   */
  public onSchedule(
    schedule: scheduler.ScheduleExpression,
    entry: string,
    options: ScheduleFunctionOptions = {},
  ): AppFunction {
    return addWithTriggers(this, entry, options, {
      ofTrigger: SCHEDULE_TRIGGER_PROPS,
      triggers: (own) => [Trigger.schedule(schedule, own)],
      together: '`addTrigger(Trigger.schedule(schedule))` after the first',
    });
  }

  /**
   * Adds a function with any number of triggers. A function without triggers is treated as invoked asynchronously: it gets the
   * retries and the failure queue for such events.
   */
  public addFunction(id: string, props: AppFunctionProps): AppFunction {
    return new AppFunction(this, id, props);
  }

  /** Adds an on-demand table with a stream. Throughput limits that DynamoDB would reject are errors. */
  public addTable(id: string, props: AppTableProps): dynamodb.TableV2 {
    return addTable(this, id, props);
  }

  /**
   * Adds a table of the open connections of a WebSocket API: the key is `connectionId`, and DynamoDB deletes an item at the time in
   * `expiresAt`, in seconds since 1970, because AWS does not guarantee an event for each client that disconnects. Set it to two hours
   * after the
   * client connected, when API Gateway closes the connection. The table has no backup, and is removed with the stack.
   */
  public addConnectionsTable(id: string, props: ConnectionsTableProps = {}): dynamodb.TableV2 {
    return addConnectionsTable(this, id, props);
  }

  /**
   * Adds a bucket: private, encrypted, TLS only, and able to notify functions without a helper function. Its
   * `addEventNotification`, which would add one, is an error: use `onObjectCreated` or `enableEventBridgeNotification()`.
   *
   * Its name is unique to the stack. With `bucketNamespace: BucketNamespace.ACCOUNT_REGIONAL`, which an organization can require,
   * the name is in your account's own namespace; the global namespace is the default, since its names may be longer and every
   * tool knows it.
   *
   * In production, a bucket that is removed from the app stays in the account. To add it again, deploy with `cdk deploy
   * --import-existing-resources`.
   */
  public addBucket(id: string, props: s3.BucketProps = {}): s3.Bucket {
    return addBucket(this, id, props);
  }

  /**
   * Adds a queue: encrypted, TLS only, with a visibility timeout of six times the longest timeout of the functions that read
   * it, and with the app's failure queue as its dead-letter queue. A FIFO queue gets a dead-letter queue of the same type.
   */
  public addQueue(id: string, props: sqs.QueueProps = {}): sqs.Queue {
    const failures = Failures.of(this);
    return addQueue(this, id, props, (fifo) => failures.deadLetterQueue(fifo));
  }

  /** Adds a Kinesis stream: encrypted, and on demand unless you give `shardCount`. In production it is retained with its records. */
  public addStream(id: string, props: kinesis.StreamProps = {}): kinesis.Stream {
    return addStream(this, id, props);
  }

  /**
   * Adds a topic, TLS only. It has no key by default: with the AWS-managed key, no AWS service could publish to it. Give
   * `masterKey` to encrypt it with your own key.
   */
  public addTopic(id: string, props: sns.TopicProps = {}): sns.Topic {
    return addTopic(this, id, props);
  }

  /**
   * Adds your state machine as a workflow of the app. Its methods say what starts it: `onEvent`, `onSchedule`, `onObjectCreated`,
   * `onRequest`. An alarm fires when an execution fails.
   *
   * @param machine a state machine in the app's account and region. The app does not change it
   */
  public addWorkflow(
    id: string,
    machine: stepfunctions.IStateMachine,
    options: WorkflowOptions = {},
  ): AppWorkflow {
    const { AppWorkflow: Workflow } = workflows();
    return new Workflow(this, id, machine, options);
  }

  /**
   * Adds a site: the files of a folder in a private bucket behind CloudFront, and the app's API on the same domain, below `/api`.
   * After `npx cdk deploy`, `npx serverless-app site deploy` uploads the files.
   *
   * @param folder the folder with the built site, relative to the app's `root`. It must exist, with an `index.html`
   */
  public addSite(folder: string, options: SiteOptions = {}): AppSite {
    return sites().addSite(this, folder, options);
  }

  /** Adds an event bus for the app's own events. With `archiveRetention`, an archive keeps them for that time. */
  public addEventBus(id: string, props: AppEventBusProps = {}): events.EventBus {
    return addEventBus(this, id, props);
  }

  /** The account's default event bus in the app's region, for `Access.putEvents`. */
  public get defaultEventBus(): events.IEventBus {
    return defaultEventBus(this);
  }

  /**
   * Estimates the monthly cost of what has been declared so far, at three usage levels and without an account. Values that are
   * known only at deployment are assumed; `assumptions` lists them.
   */
  public estimate(question: EstimateQuestion = {}): CostEstimate {
    return appEstimates().currentEstimate(this, question, this.estimateOptions);
  }

  /** Connects your own alarm to the app's notification targets and counts it in the estimate. */
  public addAlarm(alarm: cloudwatch.AlarmBase): void {
    Alarms.of(this).addOwn(alarm);
  }

  /** The alarm of this name, if there is one, for example `ApiLatency` or `ProjectOrderStreamAge`. */
  public tryGetAlarm(name: string): cloudwatch.Alarm | undefined {
    return Alarms.of(this).all.get(name);
  }

  /** The guards that check the app at synthesis, each with its remedy. */
  public get guards(): AppGuard[] {
    return appGuards().describeGuards();
  }

  /**
   * The guards' findings in what has been declared so far. Synthesis runs the same guards: errors end it, warnings are reported.
   *
   * A finding that is acknowledged for some occurrences only (`Validations.of(app).acknowledge({ id, reason, where })`) counts as
   * acknowledged here.
   */
  public findings(): AppFinding[] {
    return appGuards().currentFindings(this);
  }

  /**
   * Accepts the warnings of a guard in the whole app, or hides an info message of the library. For a single function use
   * `Validations.of(fn).acknowledge({ id, reason })`.
   *
   * @param id the id that the CDK's command line shows, for example `cdk-serverless-app:event-loop`; an unknown id, or one that
   * has only errors, is an error
   * @param reason why it is accepted; the app's model and report show it
   */
  public acknowledge(id: string, reason: string): void {
    appGuards().acknowledge(this, id, reason);
  }
}
