import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AppStage } from '../model/app-stage';

/** The defaults that differ by stage. The README's table is made from these values by `lib/core/defaults-table.ts`, where the reason for each stands. */
export interface StageDefaults {
  /** Of buckets, queues and log groups. In production a rollback deletes what it created, so that the next attempt finds its name free. */
  readonly removalPolicy: RemovalPolicy;
  /** Of tables: a rollback keeps them too, since deletion protection would make it fail. Their names are not fixed. */
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

export const FUNCTION_DEFAULTS = {
  runtime: lambda.Runtime.NODEJS_24_X,
  architecture: lambda.Architecture.ARM_64,
  memorySize: 1024,
  handler: 'handler',
  timeout: Duration.seconds(60),
  timeoutBehindHttp: Duration.seconds(10),
  timeoutHttpAmongOthers: Duration.seconds(30),
  systemLogLevel: lambda.SystemLogLevel.INFO,
  applicationLogLevel: lambda.ApplicationLogLevel.INFO,
};

export const ASYNC_DEFAULTS = {
  retryAttempts: 2,
  maxEventAge: Duration.hours(6),
};

export const TABLE_CHANGES_DEFAULTS = {
  startingPosition: lambda.StartingPosition.TRIM_HORIZON,
  batchSize: 100,
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
  targetUtilization: 0.7,
};

export const BUCKET_DEFAULTS = {
  abortIncompleteUploadsAfter: Duration.days(7),
  accessLogRetention: Duration.days(90),
};

export const BUDGET_DEFAULTS = {
  /** Percentages of what is spent. */
  actual: [80, 100],
  /** Percentages of what is forecast for the end of the month. */
  forecast: [100],
};

export const RUN_RATE_DEFAULTS = {
  /**
   * The threshold, in times an hour's share of the budget: at that rate the month's money is gone in three days. An app that
   * works eight hours on five days has four times the average then, and half as much again in its best hour.
   */
  hourlyShares: 10,
};

export const DASHBOARD_DEFAULTS = {
  interval: Duration.days(1),
  /** Up to so many functions have a line each. */
  functionsShown: 20,
};

export const ALARM_DEFAULTS = {
  /** Of what is a share or a rate: in 2 of the last 3 periods of 5 minutes, so that one bad moment wakes nobody. */
  period: Duration.minutes(5),
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  failuresWaiting: 0,
  /** What AWS recommends of errors: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html */
  failedPercent: 5,
  apiErrorPercent: 5,
  throttles: 0,
  apiLatency: Duration.seconds(5),
  streamAge: Duration.minutes(15),
};
