import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AppStage } from '../model/app-stage';
import {
  DEFAULT_CONNECTION_MINUTES,
  DEFAULT_MEMORY_MB,
  DEFAULT_TABLE_CHANGES_BATCH_SIZE,
  DEFAULT_TARGET_UTILIZATION,
} from '../model/defaults';

export const DEFAULT_STAGE = AppStage.PRODUCTION;

/** The defaults that differ by stage. defaults-table.ts renders them, with the reason for each, for docs/defaults.md and the report. */
export interface StageDefaults {
  /** For buckets, queues and log groups. In production a rollback deletes what it created, so that the next attempt finds its name free. */
  readonly removalPolicy: RemovalPolicy;
  /** For tables: a rollback keeps them, because deletion protection would make it fail. Their names are not fixed. */
  readonly tableRemovalPolicy: RemovalPolicy;
  readonly deletionProtection: boolean;
  readonly pointInTimeRecovery: boolean;
  readonly serverAccessLogs: boolean;
  readonly logRetention: logs.RetentionDays;
  readonly httpRateLimit: number;
  readonly httpBurstLimit: number;
  readonly schedulesEnabled: boolean;
  readonly reportOpenRoutes: boolean;
  readonly provisionedConcurrency: boolean;
  readonly gradualRollouts: boolean;
  readonly alarms: boolean;
}

export const STAGE_DEFAULTS: Readonly<Record<AppStage, StageDefaults>> = {
  [AppStage.PRODUCTION]: {
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    tableRemovalPolicy: RemovalPolicy.RETAIN,
    deletionProtection: true,
    pointInTimeRecovery: true,
    serverAccessLogs: true,
    logRetention: logs.RetentionDays.THREE_MONTHS,
    httpRateLimit: 1000,
    httpBurstLimit: 2000,
    schedulesEnabled: true,
    reportOpenRoutes: true,
    provisionedConcurrency: true,
    gradualRollouts: true,
    alarms: true,
  },
  [AppStage.DEVELOPMENT]: {
    removalPolicy: RemovalPolicy.DESTROY,
    tableRemovalPolicy: RemovalPolicy.DESTROY,
    deletionProtection: false,
    pointInTimeRecovery: false,
    serverAccessLogs: false,
    logRetention: logs.RetentionDays.ONE_WEEK,
    httpRateLimit: 50,
    httpBurstLimit: 100,
    schedulesEnabled: false,
    reportOpenRoutes: false,
    provisionedConcurrency: false,
    gradualRollouts: false,
    alarms: false,
  },
};

/** The values of one default in each stage. */
export function stageDefault<K extends keyof StageDefaults>(
  name: K,
): Readonly<Record<AppStage, StageDefaults[K]>> {
  return {
    [AppStage.PRODUCTION]: STAGE_DEFAULTS[AppStage.PRODUCTION][name],
    [AppStage.DEVELOPMENT]: STAGE_DEFAULTS[AppStage.DEVELOPMENT][name],
  };
}

export const FUNCTION_DEFAULTS = {
  runtime: lambda.Runtime.NODEJS_24_X,
  pythonRuntime: lambda.Runtime.PYTHON_3_14,
  goRuntime: lambda.Runtime.PROVIDED_AL2023,
  architecture: lambda.Architecture.ARM_64,
  memorySize: DEFAULT_MEMORY_MB,
  handler: 'handler',
  timeout: Duration.seconds(60),
  timeoutBehindHttp: Duration.seconds(10),
  timeoutHttpAmongOthers: Duration.seconds(30),
  tracing: lambda.Tracing.DISABLED,
  loggingFormat: lambda.LoggingFormat.JSON,
  systemLogLevel: lambda.SystemLogLevel.INFO,
  applicationLogLevel: lambda.ApplicationLogLevel.INFO,
};

export const ASYNC_DEFAULTS = {
  retryAttempts: 2,
  maxEventAge: Duration.hours(6),
};

export const TABLE_CHANGES_DEFAULTS = {
  startingPosition: lambda.StartingPosition.TRIM_HORIZON,
  batchSize: DEFAULT_TABLE_CHANGES_BATCH_SIZE,
  retryAttempts: 5,
  maxRecordAge: Duration.hours(24),
  bisectBatchOnError: true,
  reportBatchItemFailures: true,
};

export const SCHEDULE_DEFAULTS = {
  retryAttempts: 10,
  maxEventAge: Duration.hours(1),
};

export const FAILURE_DEFAULTS = {
  queueRetention: Duration.days(14),
  recordRetention: Duration.days(90),
};

export const COLD_START_DEFAULTS = {
  targetUtilization: DEFAULT_TARGET_UTILIZATION,
};

export const ROLLOUT_DEFAULTS = {
  watch: true,
  maxErrors: 0,
};

/** An execution continues with the version that started it, which must exist until the execution ends. */
export const DURABLE_DEFAULTS = {
  versionRemoval: RemovalPolicy.RETAIN,
};

export const HTTP_DEFAULTS = {
  accessLog: true,
};

export const REST_DEFAULTS = {
  accessLog: true,
  stageName: 'live',
  cacheGb: 0.5,
};

export const WEB_SOCKET_DEFAULTS = {
  accessLog: true,
  stageName: 'live',
  routeSelectionExpression: '$request.body.action',
  connectionMinutes: DEFAULT_CONNECTION_MINUTES,
};

/** The attributes of a table of open connections. */
export const CONNECTIONS_TABLE = {
  partitionKey: 'connectionId',
  timeToLiveAttribute: 'expiresAt',
};

export const SITE_DEFAULTS = {
  id: 'Site',
  apiPath: 'api',
};

export const TABLE_DEFAULTS = {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum itself would load its module with the library
  dynamoStream: 'NEW_AND_OLD_IMAGES' as StreamViewType,
};

export const BUCKET_DEFAULTS = {
  encryption: s3.BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  abortIncompleteUploadsAfter: Duration.days(7),
  accessLogRetention: Duration.days(90),
};

export const BUDGET_DEFAULTS = {
  /** Percentages of actual cost. */
  actual: [80, 100],
  /** Percentages of the month's forecast cost. */
  forecast: [100],
};

export const RUN_RATE_DEFAULTS = {
  /**
   * The threshold, as a multiple of the budget's hourly share. At that rate the month's money is spent in three days. An app that
   * is used eight hours a day on five days a week runs at four times the average during those hours, and at six times in its
   * busiest hour.
   */
  hourlyShares: 10,
};

export const DASHBOARD_DEFAULTS = {
  interval: Duration.days(1),
  /** The maximum number of functions with their own line. */
  functionsShown: 20,
};

export const ALARM_DEFAULTS = {
  /** Shares and rates must exceed the threshold in 2 of the last 3 periods of 5 minutes, so a single bad moment raises no alarm. */
  period: Duration.minutes(5),
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  failuresWaiting: 0,
  /** AWS's recommendation for errors: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html */
  failedPercent: 5,
  apiErrorPercent: 5,
  throttles: 0,
  failedExecutions: 0,
  recursiveLoops: 0,
  apiLatency: Duration.seconds(5),
  streamAge: Duration.minutes(15),
};
