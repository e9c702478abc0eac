import { AppStage } from '../lib/model/app-stage';
import { dollarsFor, FALLBACK_REGION, priceListOf } from '../lib/cost/price-list';
import { ASYNC_DEFAULTS, FUNCTION_DEFAULTS, STAGE_DEFAULTS } from '../lib/core/defaults';
import { LoadForecast } from '../lib/scaling/load-forecast';
import { LoadOptions } from '../lib/scaling/load-options';
import { API_LIMITS, LAMBDA_LIMITS } from '../lib/scaling/scaling-limits';
import { simulateLoad } from '../lib/scaling/simulate-load';

const MINUTE = 60;
const HOUR = 3600;

/** In us-east-1, without the free tier. */
const { prices } = priceListOf(FALLBACK_REGION);

/** A default, the load that it is designed for, and what else is raised so that ten times that load reaches this default first. */
interface Case {
  readonly part: string;
  readonly rps: number;
  readonly durationMs: number;
  readonly options: LoadOptions;
}

const production = STAGE_DEFAULTS[AppStage.PRODUCTION];
const development = STAGE_DEFAULTS[AppStage.DEVELOPMENT];
const RAISED = 10 * LAMBDA_LIMITS.accountConcurrency.limit;

function cases(): Case[] {
  const { httpRateLimit, httpBurstLimit } = production;
  return [
    {
      part: `the throttle: ${number(httpRateLimit)} requests a second and ${number(httpBurstLimit)} at once`,
      rps: httpRateLimit,
      durationMs: 100,
      options: { rateLimit: httpRateLimit, burstLimit: httpBurstLimit },
    },
    {
      part: `in development: ${number(development.httpRateLimit)} and ${number(development.httpBurstLimit)}`,
      rps: development.httpRateLimit,
      durationMs: 100,
      options: { rateLimit: development.httpRateLimit, burstLimit: development.httpBurstLimit },
    },
    {
      part: 'no reserved concurrency; throttle raised',
      rps: 1000,
      durationMs: 200,
      options: {},
    },
    {
      part: `no provisioned concurrency; throttle raised, account at ${number(RAISED)} executions`,
      rps: 1000,
      durationMs: 500,
      options: { concurrencyLimit: RAISED },
    },
    {
      part: `the account’s ${number(API_LIMITS.accountRate.limit)} requests a second; all of the above raised`,
      rps: 1100,
      durationMs: 50,
      options: { concurrencyLimit: RAISED },
    },
    {
      part: 'a new table without a maximum, 1 write per request; all of the above raised',
      rps: 1000,
      durationMs: 50,
      options: { concurrencyLimit: RAISED, writeUnits: 1 },
    },
    {
      part: `asynchronous events, for ${MINUTE} s; they wait up to ${ASYNC_DEFAULTS.maxEventAge.toHours()} h`,
      rps: 200,
      durationMs: 1000,
      options: { waits: true },
    },
  ];
}

/** The table in docs/scaling.md: what happens at ten times the load, calculated by `simulateLoad`. */
export function renderScalingTable(): string {
  const lines = cases().map((each) => row(each).join(' | '));
  return [
    '| the default | designed for | limit reached first at ten times the load | a caller sees | throttled in the first second / minute / steady state | all served after | dollars an hour, before and at ten times |',
    '|---|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

function row({ part, rps, durationMs, options }: Case): string[] {
  const { environments } = simulateLoad(rps, durationMs, options);
  const ready = { ...options, readyEnvironments: environments };
  const forecast = simulateLoad(10 * rps, durationMs, { ...ready, seconds: MINUTE });
  const [first] = forecast.limits;
  return [
    part,
    `${number(rps)} a second, ${number(durationMs)} ms each`,
    first === undefined
      ? 'nothing'
      : `[${first.name}](${link(first.source)}), ${number(first.limit)}, after ${first.atSeconds} s`,
    forecast.callerSees,
    [
      forecast.throttledShareOfFirstSecond,
      forecast.throttledShareOfFirstMinute,
      forecast.throttledShareOfLastSecond,
    ]
      .map(percent)
      .join(' / '),
    servedAfter(forecast),
    `${dollars(rps, durationMs, ready)} → ${dollars(10 * rps, durationMs, ready)}`,
  ];
}

function link(source: string): string {
  return source.startsWith('https:') ? source : '#scaling';
}

function servedAfter({ servedAfterSeconds }: LoadForecast): string {
  return servedAfterSeconds === undefined
    ? 'never while the load lasts'
    : `${servedAfterSeconds} s`;
}

/** The cost of the requests that are served in an hour of that load. */
function dollars(rps: number, durationMs: number, options: LoadOptions): string {
  const { throttledShare } = simulateLoad(rps, durationMs, { ...options, seconds: HOUR });
  const served = rps * HOUR * (1 - throttledShare);
  const gigabyteSeconds = (FUNCTION_DEFAULTS.memorySize / 1024) * (durationMs / 1000);
  const costs =
    dollarsFor(prices['lambda.requests'], served) +
    dollarsFor(prices['lambda.durationArm64'], served * gigabyteSeconds) +
    dollarsFor(prices['apiGateway.httpRequests'], options.waits === true ? 0 : served) +
    dollarsFor(prices['dynamodb.writes'], served * (options.writeUnits ?? 0));
  return `$${costs.toFixed(2)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function number(value: number): string {
  return new Intl.NumberFormat('en-US').format(value);
}
