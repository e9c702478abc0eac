import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AppStage } from '../model/app-stage';
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
  STAGE_DEFAULTS,
  StageDefaults,
  TABLE_CHANGES_DEFAULTS,
} from './defaults';
import { formatNumber } from '../model/format-number';
import { MAX_SHARDS } from '../model/shard-of';
import { DYNAMODB_LIMITS, LAMBDA_LIMITS } from '../scaling/scaling-limits';

/** One line of the table of defaults. */
export interface DefaultsRow {
  readonly part: string;
  readonly production: string;
  /** Absent: the same as in production. */
  readonly development?: string;
  readonly reason: string;
}

const production = STAGE_DEFAULTS[AppStage.PRODUCTION];
const development = STAGE_DEFAULTS[AppStage.DEVELOPMENT];

/** The README's table of defaults, its figures taken from the code. */
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

/** All lines, in the order of the table; the model of each app says them too. */
export function defaultsRows(): DefaultsRow[] {
  const { memorySize, runtime, architecture } = FUNCTION_DEFAULTS;
  return [
    {
      part: 'runtime, architecture',
      production: `\`${runtime.name}\`, \`${architecture.name}\``,
      reason: 'the current long-term release; arm64 costs 20 % less per GB-second',
    },
    {
      part: 'memory',
      production: `${memorySize} MB`,
      reason:
        'CPU grows with memory; below it a handler that does anything waits for its share of a core',
    },
    {
      part: 'timeout',
      production: `${time(FUNCTION_DEFAULTS.timeoutBehindHttp)} behind HTTP, ${time(FUNCTION_DEFAULTS.timeoutHttpAmongOthers)} where HTTP is one of several triggers, ${time(FUNCTION_DEFAULTS.timeout)} otherwise`,
      reason:
        'the API gives up after 30 s, a person earlier; a hung function must not bill 15 minutes',
    },
    {
      part: 'concurrency',
      production: `nothing reserved; the account’s limit is taken for ${formatNumber(LAMBDA_LIMITS.accountConcurrency.limit)} (\`scaling\`), of which ${LAMBDA_LIMITS.unreserved.limit} stay unreserved`,
      reason:
        'what one function reserves all others lack; AWS begins with that limit, and refuses what leaves less',
    },
    {
      part: 'bundling',
      production:
        'esbuild in process, all functions at once, ES modules, minified, the AWS SDK in; one asset a function',
      reason:
        'a small bundle is the cheapest remedy for cold starts; a change in one function deploys no other',
    },
    {
      part: 'cold starts',
      production: `on demand; provisioned concurrency as asked, on an alias, at a utilization of ${COLD_START_DEFAULTS.targetUtilization} where it scales, ${spillover(production)}`,
      development: `on demand; provisioned concurrency ${development.provisionedConcurrency ? 'as asked' : 'only with `force: true`'}, ${spillover(development)}`,
      reason:
        'it costs around the clock; 0.7 leaves three environments in ten for a burst; a development stage must not bill $9 a month for each',
    },
    {
      part: 'rollout',
      production: `all at once; ${production.gradualRollouts ? 'canary and linear as asked, with alarms on errors and, behind HTTP, on latency' : 'never gradual'}`,
      development: `all at once${development.gradualRollouts ? '' : ', always'}`,
      reason: 'a shift takes its time, and says something only where there is traffic',
    },
    {
      part: 'stacks',
      production: `one; a warning from 400 resources on, with the number of shards that would do (at most ${MAX_SHARDS})`,
      reason:
        'one stack is the simplest to look at and to leave; to divide functions later replaces them, so it is asked, not done',
    },
    {
      part: 'permissions',
      production:
        'a role for each function, with what was asked for and its log, in the role itself',
      reason: 'least privilege without a thought, and one resource less a function',
    },
    {
      part: 'log',
      production: `one log group for the app, JSON, system and application level ${FUNCTION_DEFAULTS.systemLogLevel}, ${log(production)}`,
      development: log(development),
      reason: 'logs that never expire are the commonest silent cost',
    },
    {
      part: 'tables',
      production: `on demand, up to what AWS lets a table take (${formatNumber(DYNAMODB_LIMITS.tableReads.limit)} read and ${formatNumber(DYNAMODB_LIMITS.tableWrites.limit)} write units a second), a stream, ${data(production)}`,
      development: `on demand, a stream, ${data(development)}`,
      reason: 'losing data must need a deliberate act; a stream that nothing reads costs nothing',
    },
    {
      part: 'buckets',
      production: `private, TLS only, encrypted, incomplete uploads forgotten after ${time(BUCKET_DEFAULTS.abortIncompleteUploadsAfter)}, ${removal(production)}`,
      development: `${removal(development)} (an empty one)`,
      reason:
        'no public door, no invisible storage; a name derived from the stack’s id, so no cycle and no helper function',
    },
    {
      part: 'access logs of buckets',
      production: `${production.serverAccessLogs ? 'on' : 'off'}: who used which object, in one bucket of the app, kept ${time(BUCKET_DEFAULTS.accessLogRetention)}`,
      development: development.serverAccessLogs ? 'on' : 'off',
      reason:
        'after a leak it is the only record of who read what; S3 charges for nothing but keeping it; in development it would keep the stack from being removed',
    },
    {
      part: 'tracing',
      production:
        'off; `tracing: Tracing.ACTIVE` in `functionDefaults` or of a function switches it on',
      reason:
        'X-Ray records each first request of a second, at $5.00 a million: where few come, several times what the function itself costs',
    },
    {
      part: 'HTTP',
      production: `HTTP API, ${throttle(production)}, access log in JSON, no CORS; a route that anyone may call is ${production.reportOpenRoutes ? 'reported' : 'not reported'}`,
      development: `${throttle(development)}; ${development.reportOpenRoutes ? 'reported' : 'not reported'}`,
      reason:
        '$1.00 a million requests against $3.50 of a REST API; 1,000 a second is what Lambda’s default limit of 1,000 concurrent executions serves at 1 s each; no door left open unawares',
    },
    {
      part: 'table changes',
      production: `batches of ${TABLE_CHANGES_DEFAULTS.batchSize} from \`${TABLE_CHANGES_DEFAULTS.startingPosition}\`, halved on error, ${TABLE_CHANGES_DEFAULTS.retryAttempts} retries within ${time(TABLE_CHANGES_DEFAULTS.maxRecordAge)}, partial batch response; what still fails goes whole to the failure bucket (${time(FAILURE_DEFAULTS.recordRetention)}), which tells the failure queue`,
      reason:
        'one bad change must not block a shard for a day; a queue alone would keep only its position in the stream',
    },
    {
      part: 'asynchronous events',
      production: `${ASYNC_DEFAULTS.retryAttempts} retries within ${time(ASYNC_DEFAULTS.maxEventAge)}, then the failure queue`,
      reason: 'nothing is lost',
    },
    {
      part: 'failure queue',
      production: `encrypted, TLS only, messages kept ${time(FAILURE_DEFAULTS.queueRetention)}, ${removal(production)}`,
      development: removal(development),
      reason: 'the longest that SQS keeps a message; what failed is data too',
    },
    {
      part: 'alarms',
      production: `where somebody is told (\`notify\`, \`notifyTopic\`), ${alarms(production)}: failures waiting; more than ${ALARM_DEFAULTS.failedPercent} % of invocations failed; throttled; of the API more than ${ALARM_DEFAULTS.apiErrorPercent} % 5xx, p99 above ${time(ALARM_DEFAULTS.apiLatency)}; a stream older than ${time(ALARM_DEFAULTS.streamAge)}; a schedule that did not run`,
      development: alarms(development),
      reason:
        'few and meaningful, since each has its price and each mail takes trust; one that tells nobody would only cost',
    },
    {
      part: 'budget',
      production: `as asked; tells at ${BUDGET_DEFAULTS.actual.join(' and ')} % spent and ${BUDGET_DEFAULTS.forecast.join(' and ')} % forecast`,
      reason: 'only you know what the app is worth; a budget costs nothing',
    },
    {
      part: 'run-rate alarm',
      production: `with a budget, above ${RUN_RATE_DEFAULTS.hourlyShares} times its hourly share, or above a threshold of yours`,
      development: 'none',
      reason:
        'the bill is hours late, and a loop costs its thousand dollars by then; ten times is three days for the month’s money, and more than a busy hour',
    },
    {
      part: 'dashboard',
      production: `one, where there are alarms; a line a function up to ${DASHBOARD_DEFAULTS.functionsShown}`,
      development: 'none',
      reason: 'it costs $3 a month, and somebody has to look at it',
    },
    {
      part: 'schedules',
      production: `EventBridge Scheduler, time zone, ${SCHEDULE_DEFAULTS.retryAttempts} attempts within ${time(SCHEDULE_DEFAULTS.maxEventAge)}, then the failure queue; ${switched(production)}`,
      development: switched(development),
      reason:
        'a schedule that fires a day late does harm; a development copy must not send last night’s mails',
    },
  ];
}

function time(duration: Duration): string {
  const seconds = duration.toSeconds();
  const units: ReadonlyArray<readonly [number, string]> = [
    [86_400, 'days'],
    [3600, 'h'],
    [60, 'min'],
  ];
  // 24 h is how the field says it; a day is for longer times.
  const fitting = units.find(
    ([size]) => seconds % size === 0 && (size !== 86_400 || seconds > size),
  );
  return fitting === undefined ? `${seconds} s` : `${seconds / fitting[0]} ${fitting[1]}`;
}

function log({ logRetention, removalPolicy }: StageDefaults): string {
  return `kept ${logRetention} days, ${removalPolicy === RemovalPolicy.RETAIN ? 'stays with the data' : 'removed with the stack'}`;
}

function data(defaults: StageDefaults): string {
  const recovery = defaults.pointInTimeRecovery ? 'point-in-time recovery, ' : '';
  const protection = defaults.deletionProtection ? ', protected from deletion' : '';
  return `${recovery}${removal(defaults)}${protection}`;
}

function removal({ removalPolicy }: StageDefaults): string {
  return removalPolicy === RemovalPolicy.RETAIN ? 'retained' : 'removed with the stack';
}

function spillover({ alarms }: StageDefaults): string {
  return `${alarms ? 'an alarm' : 'no alarm'} on spill-over`;
}

function alarms(defaults: StageDefaults): string {
  return defaults.alarms ? 'on' : 'off until asked for';
}

function throttle({ httpRateLimit, httpBurstLimit }: StageDefaults): string {
  return `${formatNumber(httpRateLimit)} requests a second and ${formatNumber(httpBurstLimit)} at once`;
}

function switched({ schedulesEnabled }: StageDefaults): string {
  return schedulesEnabled ? 'on' : 'off until asked for';
}
