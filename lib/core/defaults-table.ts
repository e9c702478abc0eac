import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Tracing } from 'aws-cdk-lib/aws-lambda';
import { AppStage } from '../model/app-stage';
import type { DefaultsPart, OwnDefaultsPart } from '../model/defaults-part';
import {
  ALARM_DEFAULTS,
  ASYNC_DEFAULTS,
  BUCKET_DEFAULTS,
  BUDGET_DEFAULTS,
  COLD_START_DEFAULTS,
  DASHBOARD_DEFAULTS,
  FAILURE_DEFAULTS,
  FUNCTION_DEFAULTS,
  RUN_RATE_DEFAULTS,
  SCHEDULE_DEFAULTS,
  SITE_DEFAULTS,
  STAGE_DEFAULTS,
  StageDefaults,
  TABLE_CHANGES_DEFAULTS,
  WEB_SOCKET_DEFAULTS,
} from './defaults';
import { formatNumber } from '../model/format-number';
import { TRIGGER_KINDS } from '../kinds/trigger-kinds';
import { MAX_SHARDS } from '../model/shard-of';
import { DYNAMODB_LIMITS, LAMBDA_LIMITS } from '../scaling/scaling-limits';

/** One row of the table of defaults. */
export interface DefaultsRow {
  readonly part: DefaultsPart;
  readonly production: string;
  /** Absent: the same as in production. */
  readonly development?: string;
  readonly reason: string;
}

const production = STAGE_DEFAULTS[AppStage.PRODUCTION];
const development = STAGE_DEFAULTS[AppStage.DEVELOPMENT];

/** The table in docs/defaults.md. Its figures come from the code. */
export function renderDefaultsTable(): string {
  const lines = defaultsRows().map(
    ({ part, production: first, development: second = 'same', reason }) =>
      ['', part, first, second, reason, ''].join(' | ').trim(),
  );
  return [
    '| part | production (the default) | development | why |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** All rows, in the order of the table. The model of each app contains them too. */
export function defaultsRows(): DefaultsRow[] {
  const own = Object.entries(rows()).map(([part, row]) => ({ part, ...row }));
  return [...own, ...TRIGGER_KINDS.flatMap(({ defaults }) => defaults ?? [])];
}

/** By part, so that a missing row does not compile. */
function rows(): Readonly<Record<OwnDefaultsPart, Omit<DefaultsRow, 'part'>>> {
  const { memorySize, runtime, pythonRuntime, goRuntime, architecture } = FUNCTION_DEFAULTS;
  return {
    'runtime, architecture': {
      production: `\`${runtime.name}\`, \`${architecture.name}\`; \`${pythonRuntime.name}\` for a Python entry, \`${goRuntime.name}\` for Go`,
      reason:
        'the newest release, which Lambda will support for years; arm64 costs 20 % less per GB-second',
    },
    memory: {
      production: `${memorySize} MB`,
      reason: 'CPU grows with memory; with less, most handlers wait for their share of a core',
    },
    timeout: {
      production: `${time(FUNCTION_DEFAULTS.timeoutBehindHttp)} behind HTTP, ${time(FUNCTION_DEFAULTS.timeoutHttpAmongOthers)} if HTTP is one of several triggers, ${time(FUNCTION_DEFAULTS.timeout)} otherwise`,
      reason:
        'the API stops waiting after 30 s, and users give up sooner; a function that hangs should not be billed for 15 minutes',
    },
    concurrency: {
      production: `nothing reserved; the account’s limit is assumed to be ${formatNumber(LAMBDA_LIMITS.accountConcurrency.limit)} (\`scaling\`), of which ${LAMBDA_LIMITS.unreserved.limit} must stay unreserved`,
      reason:
        'other functions cannot use reserved concurrency; the assumed limit is AWS’s default, and AWS rejects reservations that leave less unreserved',
    },
    bundling: {
      production:
        'esbuild in process, all functions at once, ES modules, minified, with the AWS SDK; one asset per function',
      reason:
        'a small bundle is the cheapest remedy for cold starts; a change in one function redeploys no other',
    },
    'cold starts': {
      production: `on demand; provisioned concurrency on request, on an alias, scaled to a utilization of ${COLD_START_DEFAULTS.targetUtilization}, ${spillover(production)}`,
      development: `on demand; provisioned concurrency ${development.provisionedConcurrency ? 'on request' : 'only with `force: true`'}, ${spillover(development)}`,
      reason: `it costs money around the clock; a utilization of ${COLD_START_DEFAULTS.targetUtilization} leaves headroom for bursts; a development stage should not cost $9 a month for each environment`,
    },
    rollout: {
      production: `all at once; ${production.gradualRollouts ? 'canary and linear on request, with alarms on errors and, behind HTTP, on latency' : 'never gradual'}`,
      development: `all at once${development.gradualRollouts ? '' : ', always'}`,
      reason: 'a gradual rollout takes time, and needs traffic to prove anything',
    },
    'durable functions': {
      production: 'only on request; old versions are retained, and the history is kept for 14 days',
      reason:
        'an execution continues with the version that started it, for up to a year; CloudFormation would delete that version with the next deployment',
    },
    stacks: {
      production: `one; from 400 resources on, a warning that suggests a number of shards (at most ${MAX_SHARDS})`,
      reason:
        'one stack is the simplest to inspect and to migrate from; sharding replaces functions, so it happens only on request',
    },
    permissions: {
      production: 'one role per function, with an inline policy for its own access and log',
      reason: 'least privilege without effort; an inline policy needs no separate resource',
    },
    log: {
      production: `one log group for the app, ${FUNCTION_DEFAULTS.loggingFormat}, system and application level ${FUNCTION_DEFAULTS.systemLogLevel}, ${log(production)}`,
      development: log(development),
      reason: 'logs that never expire are the most common hidden cost',
    },
    tables: {
      production: `on demand, up to the AWS quota (${formatNumber(DYNAMODB_LIMITS.tableReads.limit)} read and ${formatNumber(DYNAMODB_LIMITS.tableWrites.limit)} write units a second), a stream, ${data(production)}`,
      development: `on demand, a stream, ${data(development)}`,
      reason: 'data must never be lost by accident; a stream without readers costs nothing',
    },
    buckets: {
      production: `private, TLS only, encrypted, incomplete uploads deleted after ${time(BUCKET_DEFAULTS.abortIncompleteUploadsAfter)}, ${removal(production)}`,
      development: `${removal(development)} (if empty)`,
      reason:
        'no public access, no hidden storage; the name is derived from the stack’s id, which avoids a circular dependency and a helper function',
    },
    'access logs of buckets': {
      production: `${onOff(production.serverAccessLogs)}: they record who used which object, in one bucket of the app, and are kept ${time(BUCKET_DEFAULTS.accessLogRetention)}`,
      development: onOff(development.serverAccessLogs),
      reason:
        'after a leak they are the only record of who read what; S3 charges only for their storage; in development they would prevent the removal of the stack',
    },
    tracing: {
      production: `${FUNCTION_DEFAULTS.tracing === Tracing.DISABLED ? 'off' : 'on'}; \`tracing: Tracing.ACTIVE\` in \`functionDefaults\` or in a function enables it`,
      reason:
        'X-Ray records the first request of each second, at $5.00 a million: with little traffic that is several times the cost of the function',
    },
    HTTP: {
      production: `HTTP API, ${throttle(production)}, access log in JSON, no CORS; open routes are ${reported(production)}`,
      development: `${throttle(development)}; open routes are ${reported(development)}`,
      reason:
        'an HTTP API costs $1.00 a million requests, a REST API $3.50; Lambda’s default limit of 1,000 concurrent executions can serve 1,000 one-second requests per second; no route is public by accident',
    },
    REST: {
      production: `none; \`rest: {}\` creates a regional REST API instead of the HTTP API: ${throttle(production)}, access log in JSON, no CORS, no API keys, no web ACL`,
      development: throttle(development),
      reason:
        'a REST API costs $3.50 a million requests; it is for what an HTTP API lacks: API keys, request validation, AWS WAF, private endpoints, streamed responses',
    },
    WebSocket: {
      production: `none; the first \`onSocket\` creates a WebSocket API with the stage \`${WEB_SOCKET_DEFAULTS.stageName}\`: ${throttle(production)}, access log in JSON, routes by \`${WEB_SOCKET_DEFAULTS.routeSelectionExpression}\`; an open API is ${reported(production)}`,
      development: `${throttle(development)}; an open API is ${reported(development)}`,
      reason:
        'messages cost $1.00 a million and connections $0.25 a million minutes, so the throttle limits the bill; no API is open by accident',
    },
    'table changes': {
      production: `batches of ${TABLE_CHANGES_DEFAULTS.batchSize} from \`${TABLE_CHANGES_DEFAULTS.startingPosition}\`, split on error, ${TABLE_CHANGES_DEFAULTS.retryAttempts} retries within ${time(TABLE_CHANGES_DEFAULTS.maxRecordAge)}, partial batch response; then the complete records go to the failure bucket (${time(FAILURE_DEFAULTS.recordRetention)}), which notifies the failure queue`,
      reason:
        'one bad change must not block a shard for a day; a queue alone would receive only the position of the records in the stream',
    },
    'asynchronous events': {
      production: `${ASYNC_DEFAULTS.retryAttempts} retries within ${time(ASYNC_DEFAULTS.maxEventAge)}, then the failure queue`,
      reason: 'nothing is lost',
    },
    'failure queue': {
      production: `encrypted, TLS only, messages kept ${time(FAILURE_DEFAULTS.queueRetention)}, ${removal(production)}`,
      development: removal(development),
      reason: 'the longest retention that SQS supports; failed events are data too',
    },
    alarms: {
      production: `with a notification target (\`notify\`, \`notifyTopic\`), ${alarms(production)}: failures waiting; more than ${ALARM_DEFAULTS.failedPercent} % of invocations failed; throttles; recursive loops; for the API more than ${ALARM_DEFAULTS.apiErrorPercent} % 5xx, p99 above ${time(ALARM_DEFAULTS.apiLatency)}; a stream older than ${time(ALARM_DEFAULTS.streamAge)}; a failed execution of a durable function or a workflow; a missed schedule`,
      development: alarms(development),
      reason:
        'few and meaningful, because each alarm costs money and false ones cost trust; without a notification target an alarm is useless',
    },
    budget: {
      production: `on request; notifies at ${BUDGET_DEFAULTS.actual.join(' and ')} % of actual and ${BUDGET_DEFAULTS.forecast.join(' and ')} % of forecast cost`,
      reason: 'only you know what the app is worth; a budget costs nothing',
    },
    'run-rate alarm': {
      production: `with a budget, above ${RUN_RATE_DEFAULTS.hourlyShares} times its hourly share, or above your own threshold`,
      development: 'none',
      reason:
        'billing data is hours late, and by then a loop can cost a thousand dollars; at ten times the share, the budget of a month lasts three days, and a busy hour stays below the threshold',
    },
    dashboard: {
      production: `one, if there are alarms; one line per function, for up to ${DASHBOARD_DEFAULTS.functionsShown}`,
      development: 'none',
      reason: 'it costs $3 a month, and is only useful if someone looks at it',
    },
    schedules: {
      production: `EventBridge Scheduler, time zone, ${SCHEDULE_DEFAULTS.retryAttempts} attempts within ${time(SCHEDULE_DEFAULTS.maxEventAge)}, then the failure queue; ${switched(production)}`,
      development: switched(development),
      reason:
        'a schedule that fires a day late can do harm; a development copy must not send last night’s emails',
    },
    sites: {
      production: `CloudFront with a private bucket, HTTPS, HTTP/2 and HTTP/3, TLS 1.2 with a domain, compression, security headers, the API below \`/${SITE_DEFAULTS.apiPath}\`, \`/index.html\` for paths that are not files; uploaded by \`serverless-app site deploy\`; bucket ${removal(production)}`,
      development: `bucket ${removal(development)} (if empty)`,
      reason:
        'pages and API on one domain need no CORS; nobody can read the bucket directly; a helper function for the upload is created only on request',
    },
  };
}

function time(duration: Duration): string {
  const seconds = duration.toSeconds();
  const units: ReadonlyArray<readonly [number, string]> = [
    [86_400, 'days'],
    [3600, 'h'],
    [60, 'min'],
  ];
  // One day is written as 24 h, longer times in days.
  const fitting = units.find(
    ([size]) => seconds % size === 0 && (size !== 86_400 || seconds > size),
  );
  return fitting === undefined ? `${seconds} s` : `${seconds / fitting[0]} ${fitting[1]}`;
}

function log({ logRetention, removalPolicy }: StageDefaults): string {
  return `kept ${logRetention} days, ${removalPolicy === RemovalPolicy.DESTROY ? 'removed with the stack' : 'retained with the data'}`;
}

function data(defaults: StageDefaults): string {
  const recovery = defaults.pointInTimeRecovery ? 'point-in-time recovery, ' : '';
  const protection = defaults.deletionProtection ? ', protected from deletion' : '';
  return `${recovery}${removal(defaults)}${protection}`;
}

function removal({ removalPolicy }: StageDefaults): string {
  return removalPolicy === RemovalPolicy.DESTROY ? 'removed with the stack' : 'retained';
}

function spillover({ alarms }: StageDefaults): string {
  return `${alarms ? 'an alarm' : 'no alarm'} on spill-over`;
}

function alarms(defaults: StageDefaults): string {
  return defaults.alarms ? 'on' : 'off unless enabled';
}

function onOff(on: boolean): string {
  return on ? 'on' : 'off';
}

function reported({ reportOpenRoutes }: StageDefaults): string {
  return reportOpenRoutes ? 'reported' : 'not reported';
}

function throttle({ httpRateLimit, httpBurstLimit }: StageDefaults): string {
  return `${formatNumber(httpRateLimit)} requests a second with bursts of ${formatNumber(httpBurstLimit)}`;
}

function switched({ schedulesEnabled }: StageDefaults): string {
  return schedulesEnabled ? 'on' : 'off unless enabled';
}
