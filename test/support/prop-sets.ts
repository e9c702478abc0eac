import { Duration, Stack } from 'aws-cdk-lib';
import { DomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { EventBus } from 'aws-cdk-lib/aws-events';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import {
  Access,
  Budget,
  ColdStart,
  Load,
  RequestPart,
  RequestTarget,
  Rollout,
  RouteAuthorizer,
  ServerlessApp,
  ServerlessAppProps,
  StorageAccessOptions,
} from 'cdk-serverless-app';
import { PUT_EVENTS_PROPS } from '../../lib/access/access';
import { MANAGE_CONNECTIONS_PROPS } from '../../lib/access/connections-access';
import { STORAGE_ACCESS_PROPS } from '../../lib/access/storage-access-options';
import { ACCESS_PROPS } from '../../lib/access/access-options';
import { APP_PROPS, SCALING_PROPS } from '../../lib/app/app-prop-set';
import { BUNDLING_PROPS, COPIED_FILE_PROPS } from '../../lib/bundling/bundling-prop-set';
import {
  APP_USAGE_PROPS,
  ESTIMATE_PROPS,
  ESTIMATE_QUESTION_PROPS,
  FUNCTION_USAGE_PROPS,
  USAGE_AMOUNTS_PROPS,
} from '../../lib/estimate/usage-prop-set';
import {
  FUNCTION_OPTIONS_PROPS,
  FUNCTION_PROPS,
  VERSION_PROPS,
} from '../../lib/function/function-prop-set';
import { LOAD_PROPS } from '../../lib/function/load-prop-set';
import {
  PROVISIONED_PROPS,
  PROVISIONED_SCHEDULE_PROPS,
} from '../../lib/function/private/provisioned-prop-set';
import { ROLLOUT_PROPS } from '../../lib/function/private/rollout-prop-set';
import {
  CORS_PROPS,
  HTTP_API_PROPS,
  HTTP_DOMAIN_PROPS,
  HTTP_MUTUAL_TLS_PROPS,
  HTTP_EXISTING_DOMAIN_PROPS,
  HTTP_PROPS,
  HTTP_THROTTLE_PROPS,
} from '../../lib/http/http-prop-set';
import { FORWARD_PROPS } from '../../lib/http/rest/forward-options';
import { REQUEST_MESSAGE_PROPS } from '../../lib/http/rest/request-message';
import { REQUEST_EVENT_PROPS } from '../../lib/http/rest/request-target';
import {
  CACHE_PROPS,
  GATEWAY_RESPONSE_PROPS,
  QUOTA_PROPS,
  REST_PROPS,
  USAGE_PLAN_PROPS,
  VALIDATION_PROPS,
} from '../../lib/http/rest/rest-prop-set';
import {
  FUNCTION_AUTHORIZER_PROPS,
  USER_POOL_AUTHORIZER_PROPS,
} from '../../lib/http/route-authorizer';
import {
  WEB_SOCKET_API_PROPS,
  WEB_SOCKET_DOMAIN_PROPS,
  WEB_SOCKET_PROPS,
} from '../../lib/http/socket/socket-prop-set';
import { ALARM_PROPS } from '../../lib/monitoring/alarm-prop-set';
import { BUDGET_PROPS } from '../../lib/monitoring/budget';
import type { PropSet } from '../../lib/props/prop';
import { SITE_DOMAIN_PROPS, SITE_OPTIONS_PROPS, SITE_PROPS } from '../../lib/site/site-prop-set';
import { CONNECTIONS_TABLE_PROPS } from '../../lib/storage/connections-table';
import { DEAD_LETTER_PROPS, QUEUE_PROPS } from '../../lib/storage/queue-prop-set';
import { STREAM_PROPS } from '../../lib/storage/stream-prop-set';
import { BUCKET_PROPS, LIFECYCLE_RULE_PROPS } from '../../lib/storage/bucket-prop-set';
import {
  GLOBAL_INDEX_PROPS,
  LOCAL_INDEX_PROPS,
  REPLICA_PROPS,
  TABLE_PROPS,
} from '../../lib/storage/table-prop-set';
import {
  FUNCTION_URL_CORS_PROPS,
  FUNCTION_URL_TRIGGER_PROPS,
} from '../../lib/trigger/function-url/function-url-trigger';
import { HTTP_TRIGGER_PROPS } from '../../lib/trigger/http/http-trigger';
import { OBJECT_TRIGGER_PROPS } from '../../lib/trigger/object/object-options';
import {
  SCHEDULE_RETRY_PROPS,
  SCHEDULE_TRIGGER_PROPS,
} from '../../lib/trigger/schedule/schedule-options';
import { POLLERS_PROPS, QUEUE_TRIGGER_PROPS } from '../../lib/trigger/queue/queue-trigger';
import { EVENT_BUS_PROPS } from '../../lib/storage/event-bus-prop-set';
import { EVENT_PATTERN_PROPS } from '../../lib/trigger/event/event-pattern';
import { EVENT_RETRY_PROPS, EVENT_TRIGGER_PROPS } from '../../lib/trigger/event/event-options';
import { TOPIC_PROPS } from '../../lib/storage/topic-prop-set';
import { TOPIC_TRIGGER_PROPS } from '../../lib/trigger/topic/topic-trigger';
import { STREAM_TRIGGER_PROPS } from '../../lib/trigger/stream/stream-trigger';
import { USER_POOL_TRIGGER_PROPS } from '../../lib/trigger/user-pool/user-pool-trigger';
import { WEB_SOCKET_TRIGGER_PROPS } from '../../lib/trigger/web-socket/web-socket-trigger';
import { TABLE_CHANGES_TRIGGER_PROPS } from '../../lib/trigger/table-changes/table-changes-trigger';
import { WORKFLOW_PROPS } from '../../lib/workflow/workflow-options';
import { HANDLERS, quickCdkApp, tempFolder } from './synth';

/** An app that uses something, with a function beside it. */
export interface Use {
  readonly props?: ServerlessAppProps;
  readonly declare?: (app: ServerlessApp, stack: Stack) => void;
}

/** The declared props of one interface, and an app that is given some of them. */
export interface DeclaredSet {
  readonly set: PropSet;
  readonly use: (options: object) => Use;
  /** The options that each option requires, by its name. */
  readonly beside?: Readonly<Record<string, () => object>>;
}

const WEB = tempFolder({ 'index.html': '' });

export const EVERY_HOUR = ScheduleExpression.rate(Duration.hours(1));

export const declare = (use: NonNullable<Use['declare']>): Use => ({ declare: use });
export const inFunction = (options: object): Use =>
  declare((app) => app.addFunction('F', { entry: 'ok.ts', ...options }));
export const inTable = (options: object): Use =>
  declare((app) => app.addTable('T', { partitionKey: 'id', ...options }));
const inBucket = (options: object): Use => declare((app) => app.addBucket('B', options));
export const inApp = (props: ServerlessAppProps): Use => ({ props });
export const inHttp = (http: object): Use => ({
  props: { http },
  declare: (app) => app.onRequest('GET /', 'ok.ts'),
});
export const inRest = (rest: object): Use => ({
  props: { rest },
  declare: (app) => app.onRequest('GET /', 'ok.ts'),
});
const inWebSocket = (webSocket: object): Use => ({
  props: { webSocket },
  declare: (app) => app.onSocket('$connect', 'ok.ts'),
});
const inProvisioned = (options: object): Use =>
  inFunction({ coldStart: ColdStart.provisioned({ min: 1, ...options }) });

export const jwt = (): object => ({
  authorizer: new HttpJwtAuthorizer('Jwt', 'https://example.com', { jwtAudience: ['a'] }),
});

const pool = (): object => ({
  authorizer: RouteAuthorizer.userPool(
    'Login',
    UserPool.fromUserPoolId(new Stack(), 'Pool', 'eu-west-1_abc'),
  ),
});

/** An app whose props need the stack. */
function otherApp(props: (stack: Stack) => ServerlessAppProps): Use {
  return declare((_, stack) => {
    const other = new ServerlessApp(stack, 'Other', { root: HANDLERS, ...props(stack) });
    other.onRequest('GET /', 'ok.ts');
  });
}

/** The options of a route that only a REST API has. */
const OF_REST = ['apiKeyRequired', 'validate', 'streaming', 'integrationTimeout', 'tenantId'];

/** All declared props, by the name of the interface. A new interface is one line here. */
export const PROP_SETS: Readonly<Record<string, DeclaredSet>> = {
  AccessOptions: {
    set: ACCESS_PROPS,
    use: (options) =>
      declare((app) =>
        app.addFunction('F', {
          entry: 'ok.ts',
          access: [Access.send(app.addQueue('Q'), options)],
        }),
      ),
  },
  AlarmOptions: {
    set: ALARM_PROPS,
    use: (options) => ({
      props: { notify: ['ops@example.com'], alarms: { Throttles: options } },
    }),
  },
  AppFunctionOptions: {
    set: FUNCTION_OPTIONS_PROPS,
    use: (functionDefaults) => inApp({ functionDefaults }),
  },
  AppFunctionProps: { set: FUNCTION_PROPS, use: inFunction },
  AppTableProps: {
    set: TABLE_PROPS,
    use: inTable,
    beside: { sortKeyType: () => ({ sortKey: 'a' }) },
  },
  AppUsage: { set: APP_USAGE_PROPS, use: (usage) => inApp({ usage }) },
  BucketProps: { set: BUCKET_PROPS, use: inBucket },
  BudgetOptions: {
    set: BUDGET_PROPS,
    use: (options) =>
      otherApp(() => ({
        notify: ['ops@example.com'],
        budget: Budget.monthly(200, options),
      })),
  },
  BundlingOptions: { set: BUNDLING_PROPS, use: (bundling) => inFunction({ bundling }) },
  ConnectionsTableProps: {
    set: CONNECTIONS_TABLE_PROPS,
    use: (options) => declare((app) => app.addConnectionsTable('C', options)),
  },
  CopiedFile: {
    set: COPIED_FILE_PROPS,
    use: (options) => inFunction({ bundling: { copyFiles: [{ source: 'ok.ts', ...options }] } }),
  },
  CorsPreflightOptions: { set: CORS_PROPS, use: (cors) => inHttp({ cors }) },
  EstimateOptions: { set: ESTIMATE_PROPS, use: (estimate) => inApp({ estimate }) },
  EstimateQuestion: {
    set: ESTIMATE_QUESTION_PROPS,
    use: (options) =>
      declare((app) => {
        app.estimate(options);
      }),
  },
  FunctionUrlCorsOptions: {
    set: FUNCTION_URL_CORS_PROPS,
    use: (cors) => declare((app) => app.onFunctionUrl('ok.ts', { cors })),
  },
  FunctionUrlTriggerOptions: {
    set: FUNCTION_URL_TRIGGER_PROPS,
    use: (options) => declare((app) => app.onFunctionUrl('ok.ts', options)),
  },
  FunctionUsage: { set: FUNCTION_USAGE_PROPS, use: (usage) => inFunction({ usage }) },
  GlobalSecondaryIndexPropsV2: {
    set: GLOBAL_INDEX_PROPS,
    use: (options) =>
      inTable({
        globalSecondaryIndexes: [
          { indexName: 'one', partitionKey: { name: 'a', type: 'S' }, ...options },
        ],
      }),
    beside: { nonKeyAttributes: () => ({ projectionType: 'INCLUDE' }) },
  },
  HttpApiProps: { set: HTTP_API_PROPS, use: (apiOptions) => inHttp({ apiOptions }) },
  HttpMutualTls: {
    set: HTTP_MUTUAL_TLS_PROPS,
    use: (options) =>
      otherApp((stack) => ({
        http: {
          domain: {
            domainName: 'api.example.com',
            certificate: acm.Certificate.fromCertificateArn(
              stack,
              'C',
              'arn:aws:acm:eu-west-1:1:certificate/1',
            ),
            mutualTls: {
              bucket: s3.Bucket.fromBucketName(stack, 'Trust', 'trust'),
              key: 'clients.pem',
              ...options,
            },
          },
        },
      })),
  },
  HttpDomain: {
    set: HTTP_DOMAIN_PROPS,
    use: (options) =>
      otherApp((stack) => ({
        http: {
          domain: {
            domainName: 'api.example.com',
            certificate: acm.Certificate.fromCertificateArn(
              stack,
              'C',
              'arn:aws:acm:eu-west-1:1:certificate/1',
            ),
            ...options,
          },
        },
      })),
  },
  HttpExistingDomain: {
    set: HTTP_EXISTING_DOMAIN_PROPS,
    use: (options) =>
      otherApp((stack) => ({
        http: {
          existingDomain: {
            domain: DomainName.fromDomainNameAttributes(stack, 'D', {
              name: 'api.example.com',
              regionalDomainName: 'd-1.execute-api.eu-west-1.amazonaws.com',
              regionalHostedZoneId: 'Z1',
            }),
            ...options,
          },
        },
      })),
  },
  HttpOptions: { set: HTTP_PROPS, use: inHttp, beside: { authorizationScopes: jwt } },
  HttpThrottle: { set: HTTP_THROTTLE_PROPS, use: (throttle) => inHttp({ throttle }) },
  HttpTriggerOptions: {
    set: HTTP_TRIGGER_PROPS,
    use: (options) => ({
      props: OF_REST.some((name) => Object.hasOwn(options, name)) ? { rest: {} } : {},
      declare: (app) => {
        app.onRequest('GET /', 'ok.ts', options);
      },
    }),
    beside: { authorizationScopes: jwt },
  },
  ForwardOptions: {
    set: FORWARD_PROPS,
    use: (options) => ({
      props: { rest: {} },
      declare: (app) => {
        app.forwardRequest('POST /', RequestTarget.queue(app.addQueue('Q')), options);
      },
    }),
    beside: { authorizationScopes: pool },
  },
  FunctionAuthorizerOptions: {
    set: FUNCTION_AUTHORIZER_PROPS,
    use: (options) =>
      declare((app) => {
        const { target } = app.addFunction('F', { entry: 'ok.ts' });
        app.onRequest('GET /', 'ok.ts', {
          authorizer: RouteAuthorizer.byFunction('A', target, options),
        });
      }),
  },
  LifecycleRule: {
    set: LIFECYCLE_RULE_PROPS,
    use: (rule) =>
      inBucket({
        lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1), ...rule }],
      }),
  },
  LoadOptions: {
    set: LOAD_PROPS,
    use: (options) =>
      declare(() => {
        Load.simulate(100, 100, options);
      }),
  },
  LocalSecondaryIndexProps: {
    set: LOCAL_INDEX_PROPS,
    use: (options) =>
      inTable({
        sortKey: 'b',
        localSecondaryIndexes: [
          { indexName: 'one', sortKey: { name: 'a', type: 'S' }, ...options },
        ],
      }),
    beside: { nonKeyAttributes: () => ({ projectionType: 'INCLUDE' }) },
  },
  ManageConnectionsOptions: {
    set: MANAGE_CONNECTIONS_PROPS,
    use: (options) =>
      declare((app) =>
        app.addFunction('F', {
          entry: 'ok.ts',
          access: [Access.manageConnections(app.webSocketStage, options)],
        }),
      ),
  },
  ObjectTriggerOptions: {
    set: OBJECT_TRIGGER_PROPS,
    use: (options) => declare((app) => app.onObjectCreated(app.addBucket('B'), 'ok.ts', options)),
  },
  ProvisionedConcurrencyOptions: {
    set: PROVISIONED_PROPS,
    use: inProvisioned,
    beside: { targetUtilization: () => ({ max: 5 }) },
  },
  ProvisionedConcurrencySchedule: {
    set: PROVISIONED_SCHEDULE_PROPS,
    use: (options) => inProvisioned({ schedules: [{ schedule: EVERY_HOUR, min: 1, ...options }] }),
  },
  RequestEventOptions: {
    set: REQUEST_EVENT_PROPS,
    use: (options) => ({
      props: { rest: {} },
      declare: (app, stack) => {
        const bus = new EventBus(stack, 'Bus');
        const event = { source: 'a', detailType: 'b', ...options };
        app.forwardRequest('POST /', RequestTarget.eventBus(bus, event));
      },
    }),
  },
  RequestMessageOptions: {
    set: REQUEST_MESSAGE_PROPS,
    use: (options) => ({
      props: { rest: {} },
      declare: (app) => {
        const queue = app.addQueue('Q', { fifo: true });
        const message = { messageGroup: RequestPart.constant('all'), ...options };
        app.forwardRequest('POST /', RequestTarget.queue(queue, message));
      },
    }),
  },
  RequestValidation: {
    set: VALIDATION_PROPS,
    use: (validate) => ({
      props: { rest: {} },
      declare: (app) => app.onRequest('POST /', 'ok.ts', { validate }),
    }),
  },
  GatewayResponseOptions: {
    set: GATEWAY_RESPONSE_PROPS,
    use: (options) => inRest({ gatewayResponses: { UNAUTHORIZED: options } }),
  },
  RestCache: { set: CACHE_PROPS, use: (cache) => inRest({ cache }) },
  RestOptions: {
    set: REST_PROPS,
    use: inRest,
    beside: { authorizationScopes: pool },
  },
  UsagePlanOptions: { set: USAGE_PLAN_PROPS, use: (One) => inRest({ usagePlans: { One } }) },
  UsageQuota: {
    set: QUOTA_PROPS,
    use: (quota) => inRest({ usagePlans: { One: { quota: { limit: 5, ...quota } } } }),
  },
  UserPoolAuthorizerOptions: {
    set: USER_POOL_AUTHORIZER_PROPS,
    use: (options) =>
      declare((app, stack) => {
        const authorizer = RouteAuthorizer.userPool('A', new UserPool(stack, 'Pool'), options);
        app.onRequest('GET /', 'ok.ts', { authorizer });
      }),
  },
  ReplicaTableProps: {
    set: REPLICA_PROPS,
    use: (options) =>
      declare((_, stack) => {
        const inRegion = new Stack(stack, 'R', { env: { region: 'eu-west-1' } });
        const app = new ServerlessApp(inRegion, 'A', { root: HANDLERS });
        app.addFunction('F', { entry: 'ok.ts' });
        app.addTable('T', {
          partitionKey: 'id',
          replicas: [{ region: 'eu-central-1', ...options }],
        });
      }),
  },
  RolloutOptions: {
    set: ROLLOUT_PROPS,
    use: (options) =>
      declare((app) =>
        app.onRequest('GET /', 'ok.ts', {
          rollout: Rollout.canary({ percent: 10, interval: Duration.minutes(5), ...options }),
        }),
      ),
  },
  ScalingOptions: { set: SCALING_PROPS, use: (scaling) => inApp({ scaling }) },
  ScheduleRetryPolicy: {
    set: SCHEDULE_RETRY_PROPS,
    use: (retryPolicy) => declare((app) => app.onSchedule(EVERY_HOUR, 'ok.ts', { retryPolicy })),
  },
  ScheduleTriggerOptions: {
    set: SCHEDULE_TRIGGER_PROPS,
    use: (options) => declare((app) => app.onSchedule(EVERY_HOUR, 'ok.ts', options)),
  },
  ServerlessAppProps: { set: APP_PROPS, use: inApp },
  DeadLetterQueue: {
    set: DEAD_LETTER_PROPS,
    use: (options) =>
      declare((app, stack) => {
        const queue = new sqs.Queue(stack, 'Dead');
        app.addQueue('Q', { deadLetterQueue: { queue, maxReceiveCount: 3, ...options } });
      }),
  },
  QueueProps: {
    set: QUEUE_PROPS,
    use: (options) => declare((app) => app.addQueue('Q', options)),
    beside: {
      contentBasedDeduplication: () => ({ fifo: true }),
      deduplicationScope: () => ({ fifo: true }),
      fifoThroughputLimit: () => ({ fifo: true }),
    },
  },
  PutEventsOptions: {
    set: PUT_EVENTS_PROPS,
    use: (options) =>
      declare((app) =>
        app.addFunction('F', {
          entry: 'ok.ts',
          access: [Access.putEvents(app.addEventBus('Shop'), options)],
        }),
      ),
  },
  SiteDomain: {
    set: SITE_DOMAIN_PROPS,
    use: (options) =>
      declare((app, stack) => {
        app.addSite(WEB, {
          domain: {
            domainName: 'www.example.com',
            certificate: acm.Certificate.fromCertificateArn(
              stack,
              'C',
              'arn:aws:acm:us-east-1:1:certificate/1',
            ),
            ...options,
          },
        });
      }),
  },
  SiteOptions: {
    set: SITE_OPTIONS_PROPS,
    use: (options) =>
      declare((app) => {
        app.addSite(WEB, options);
      }),
  },
  SiteProps: {
    set: SITE_PROPS,
    use: (props) =>
      declare((app) => {
        app.addSite(WEB, props);
      }),
  },
  StorageAccessOptions: {
    set: STORAGE_ACCESS_PROPS,
    use: (options: StorageAccessOptions) =>
      declare((app) =>
        app.addFunction('F', {
          entry: 'ok.ts',
          access: [
            options.index !== undefined
              ? Access.read(app.addTable('T', { partitionKey: 'id' }), options)
              : Access.read(app.addBucket('B'), options),
          ],
        }),
      ),
  },
  ProvisionedPollers: {
    set: POLLERS_PROPS,
    use: (provisionedPollers) =>
      declare((app) => app.onMessage(app.addQueue('Q'), 'ok.ts', { provisionedPollers })),
  },
  QueueTriggerOptions: {
    set: QUEUE_TRIGGER_PROPS,
    use: (options) => declare((app) => app.onMessage(app.addQueue('Q'), 'ok.ts', options)),
  },
  StreamProps: {
    set: STREAM_PROPS,
    use: (options) => declare((app) => app.addStream('S', options)),
  },
  StreamTriggerOptions: {
    set: STREAM_TRIGGER_PROPS,
    use: (options) => declare((app) => app.onRecord(app.addStream('S'), 'ok.ts', options)),
  },
  TableChangesTriggerOptions: {
    set: TABLE_CHANGES_TRIGGER_PROPS,
    use: (options) =>
      declare((app) =>
        app.onTableChange(app.addTable('T', { partitionKey: 'id' }), 'ok.ts', options),
      ),
  },
  TopicProps: {
    set: TOPIC_PROPS,
    use: (options) => declare((app) => app.addTopic('News', options)),
    beside: {
      contentBasedDeduplication: () => ({ fifo: true }),
      fifoThroughputScope: () => ({ fifo: true }),
      messageRetentionPeriodInDays: () => ({ fifo: true }),
    },
  },
  TopicTriggerOptions: {
    set: TOPIC_TRIGGER_PROPS,
    use: (options) => declare((app) => app.onNotification(app.addTopic('News'), 'ok.ts', options)),
  },
  AppEventBusProps: {
    set: EVENT_BUS_PROPS,
    use: (options) => declare((app) => app.addEventBus('Shop', options)),
  },
  EventPattern: {
    set: EVENT_PATTERN_PROPS,
    use: (options) => declare((app) => app.onEvent({ source: ['shop'], ...options }, 'ok.ts')),
  },
  EventRetryPolicy: {
    set: EVENT_RETRY_PROPS,
    use: (retryPolicy) =>
      declare((app) => app.onEvent({ source: ['shop'] }, 'ok.ts', { retryPolicy })),
  },
  EventTriggerOptions: {
    set: EVENT_TRIGGER_PROPS,
    use: (options) => declare((app) => app.onEvent({ source: ['shop'] }, 'ok.ts', options)),
  },
  UsageAmounts: {
    set: USAGE_AMOUNTS_PROPS,
    use: (monthlyEvents) => inApp({ usage: { monthlyEvents } }),
  },
  UserPoolTriggerOptions: {
    set: USER_POOL_TRIGGER_PROPS,
    use: (options) =>
      declare((app, stack) => {
        const pool = new cognito.UserPool(stack, 'Pool');
        const operation = cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG;
        app.onUserPool(pool, operation, 'ok.ts', options);
      }),
  },
  WebSocketApiProps: {
    set: WEB_SOCKET_API_PROPS,
    use: (apiOptions) => inWebSocket({ apiOptions }),
  },
  WebSocketOptions: { set: WEB_SOCKET_PROPS, use: inWebSocket },
  WebSocketDomain: {
    set: WEB_SOCKET_DOMAIN_PROPS,
    use: (options) =>
      declare((_, stack) => {
        const domain = {
          domainName: 'live.example.com',
          certificate: acm.Certificate.fromCertificateArn(
            stack,
            'C',
            'arn:aws:acm:eu-west-1:1:certificate/1',
          ),
          ...options,
        };
        new ServerlessApp(stack, 'Other', { root: HANDLERS, webSocket: { domain } }).onSocket(
          '$connect',
          'ok.ts',
        );
      }),
  },
  WebSocketTriggerOptions: {
    set: WEB_SOCKET_TRIGGER_PROPS,
    use: (options) =>
      declare((app) =>
        app.onSocket(Object.hasOwn(options, 'authorizer') ? '$connect' : 'send', 'ok.ts', options),
      ),
  },
  VersionOptions: {
    set: VERSION_PROPS,
    use: (currentVersionOptions) => inFunction({ currentVersionOptions }),
  },
  WorkflowOptions: {
    set: WORKFLOW_PROPS,
    use: (options) =>
      declare((app, stack) => {
        const machine = new sfn.StateMachine(stack, 'Machine', {
          definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')),
        });
        app.addWorkflow('W', machine, options);
      }),
  },
};

/** Creates an app with the given use, and synthesizes it. */
export function synthesizeUse({ props = {}, declare: more }: Use): void {
  const cdk = quickCdkApp({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(cdk, 'Test');
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, ...props });
  app.addFunction('Always', { entry: 'ok.ts' });
  more?.(app, stack);
  cdk.synth();
}
