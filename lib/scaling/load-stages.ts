import { LoadOptions } from './load-options';
import { API_LIMITS, DYNAMODB_LIMITS, LAMBDA_LIMITS, ScalingLimit } from './scaling-limits';

/** A limit on the path of a load, as a stage that lets a rate pass. All rates are per second. */
export interface Stage {
  /** @param rate the incoming rate from `at` to `at + step` seconds */
  pass(rate: number, at: number, step: number): Passed;
}

export interface Passed {
  readonly rate: number;
  /** The limit that held back the rest, if any was held back. */
  readonly limit: StageLimit;
}

export interface StageLimit extends Pick<ScalingLimit, 'name' | 'limit' | 'unit' | 'source'> {
  readonly callerSees: string;
  readonly remedy: string;
}

const SCALING_PAGE = 'docs/scaling.md';
const TOO_MANY = '429 Too Many Requests';
const LAMBDA_THROTTLES = 'a 5xx error from the API, because Lambda throttles';
const TABLE_THROTTLES =
  'the handler’s response to `ProvisionedThroughputExceededException`, after the SDK’s retries';

/** The throttles for requests, the app's own first. */
export function requestStages(options: LoadOptions): Stage[] {
  const { rateLimit, burstLimit } = options;
  const rate = options.apiRateLimit ?? API_LIMITS.accountRate.limit;
  const burst = options.apiBurstLimit ?? API_LIMITS.accountBurst.limit;
  const remedy = 'request an increase from AWS, and set `scaling.apiRateLimit`';
  const account = { ...API_LIMITS.accountRate, limit: rate, callerSees: TOO_MANY, remedy };
  const own =
    rateLimit === undefined || burstLimit === undefined
      ? []
      : [
          tokenBucket(rateLimit, burstLimit, {
            name: 'the app’s own throttle',
            limit: rateLimit,
            unit: 'requests a second',
            source: SCALING_PAGE,
            callerSees: TOO_MANY,
            remedy: 'raise the API’s `throttle`, or the route’s',
          }),
        ];
  return [...own, ...connectionStages(options), tokenBucket(rate, burst, account)];
}

/** The quota of new WebSocket connections, of which a second's worth may arrive in one burst. */
function connectionStages({ opensConnections = false }: LoadOptions): Stage[] {
  const { newConnections } = API_LIMITS;
  const { limit } = newConnections;
  const remedy = 'request an increase from AWS, or let clients reconnect after a random delay';
  return opensConnections
    ? [tokenBucket(limit, limit, { ...newConnections, callerSees: TOO_MANY, remedy })]
    : [];
}

/** API Gateway's token bucket: full at first, one token for each request, refilled at the rate. */
function tokenBucket(refill: number, size: number, limit: StageLimit): Stage {
  let tokens = size;
  return {
    pass(rate, _at, step) {
      if (size === 0) {
        return { rate: 0, limit };
      }
      const available = tokens + refill * step;
      const passed = Math.min(rate * step, available);
      tokens = Math.min(size, available - passed);
      return { rate: passed / step, limit };
    },
  };
}

/** How many requests a second an environment serves. */
export function requestsOfEnvironment(durationMs: number): number {
  return Math.min(1000 / durationMs, LAMBDA_LIMITS.requestsOfEnvironment.limit);
}

/** Environments: those that are ready, plus those that Lambda adds, up to the function's or the account's limit. */
export function functionStage(durationMs: number, options: LoadOptions): Stage {
  const ofOne = requestsOfEnvironment(durationMs);
  const cap = environmentCap(options);
  const { newEnvironments } = LAMBDA_LIMITS;
  const ready = Math.min(cap.limit, options.readyEnvironments ?? 0);
  const scaling: StageLimit = {
    ...newEnvironments,
    callerSees: LAMBDA_THROTTLES,
    remedy: 'provision concurrency for sudden load, or let the load rise more slowly',
  };
  return {
    pass(rate, at, step) {
      const started = newEnvironments.limit * (1 + (at + step / 2) / 10);
      const environments = Math.min(cap.limit, ready + started);
      const limit = cap.limit <= ready + started ? cap : scaling;
      return { rate: Math.min(rate, environments * ofOne), limit };
    },
  };
}

function environmentCap(options: LoadOptions): StageLimit {
  const cap = concurrencyCap(options);
  const { maxConcurrency = Infinity } = options;
  return cap.limit <= maxConcurrency
    ? cap
    : {
        ...cap,
        name: 'the maximum concurrency of the function’s triggers',
        limit: maxConcurrency,
        source: SCALING_PAGE,
        remedy: 'raise the trigger’s `maxConcurrency`',
      };
}

function concurrencyCap(options: LoadOptions): StageLimit {
  const { accountConcurrency } = LAMBDA_LIMITS;
  const { reservedConcurrency, concurrencyElsewhere = 0 } = options;
  const account = options.concurrencyLimit ?? accountConcurrency.limit;
  if (reservedConcurrency !== undefined) {
    return {
      name:
        reservedConcurrency === 0
          ? 'the function is disabled'
          : 'the function’s reserved concurrency',
      limit: reservedConcurrency,
      unit: accountConcurrency.unit,
      source: SCALING_PAGE,
      callerSees: LAMBDA_THROTTLES,
      remedy:
        reservedConcurrency === 0
          ? 'remove `disabled` from the function'
          : 'raise `reservedConcurrentExecutions`',
    };
  }
  return {
    ...accountConcurrency,
    limit: Math.max(0, account - concurrencyElsewhere),
    callerSees: LAMBDA_THROTTLES,
    remedy:
      'request an increase from AWS, and set `scaling.concurrencyLimit`; or make the function faster',
  };
}

/**
 * An on-demand table: a linear combination of reads and writes up to its current throughput, which doubles in 30 minutes, and up
 * to its maximum. An even load over its partitions is assumed.
 */
export function tableStage(options: LoadOptions): Stage {
  const { readUnits = 0, writeUnits = 0 } = options;
  const { tableReads, tableWrites, newTableReads, newTableWrites, doublingSeconds } =
    DYNAMODB_LIMITS;
  const warmReads = options.warmReadUnits ?? newTableReads.limit;
  const warmWrites = options.warmWriteUnits ?? newTableWrites.limit;
  const share = readUnits / warmReads + writeUnits / warmWrites;
  const bounds = [
    bound(tableReads, options.maxReadUnits, readUnits, 'Read'),
    bound(tableWrites, options.maxWriteUnits, writeUnits, 'Write'),
  ];
  const warm = writeUnits / warmWrites >= readUnits / warmReads ? newTableWrites : newTableReads;
  const ready: StageLimit = {
    name: warm.name,
    limit: warm === newTableWrites ? warmWrites : warmReads,
    unit: warm.unit,
    source: warm.source,
    callerSees: TABLE_THROTTLES,
    remedy:
      'request more `warmThroughput` beforehand, or let the load double at most every 30 minutes',
  };
  return {
    pass(rate, at) {
      const doublings = 2 ** Math.floor(at / doublingSeconds.limit);
      const narrowest = [
        { rate: doublings / share, limit: ready }, // unlimited if a request uses none of it
        ...bounds,
      ].reduce((least, next) => (next.rate < least.rate ? next : least));
      return { rate: Math.min(rate, narrowest.rate), limit: narrowest.limit };
    },
  };
}

function bound(
  quota: ScalingLimit,
  own: number | undefined,
  units: number,
  kind: 'Read' | 'Write',
): Passed {
  const isOwn = (own ?? Infinity) < quota.limit;
  const limit = own ?? quota.limit;
  return {
    rate: units === 0 ? Infinity : limit / units,
    limit: {
      name: isOwn ? 'the table’s own maximum' : quota.name,
      limit,
      unit: quota.unit,
      source: isOwn ? SCALING_PAGE : quota.source,
      callerSees: TABLE_THROTTLES,
      remedy: isOwn
        ? `raise \`max${kind}RequestUnits\` of its \`billing\``
        : 'request an increase from AWS, or split the data over several tables',
    },
  };
}
