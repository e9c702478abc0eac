/**
 * All limits that load can reach, with their sources, read on 2026-11-24 (`SCALING_LIMITS_READ_ON`). They are the defaults of an
 * account in `us-east-1` and the other older regions. AWS raises those with `raised: true` on request.
 */
export const SCALING_LIMITS_READ_ON = '2026-11-24';

/** A limit that load can reach. */
export interface ScalingLimit {
  /** The subject: `Lambda’s quota of concurrent executions per account and region`. */
  readonly name: string;
  readonly limit: number;
  readonly unit: string;
  /** The source in AWS's documentation. */
  readonly source: string;
  /** Whether AWS raises it on request. */
  readonly raised: boolean;
}

const LAMBDA_QUOTAS = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const LAMBDA_CONCURRENCY = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html';
const LAMBDA_RESERVED =
  'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html';
const LAMBDA_SCALING = 'https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html';
const API_QUOTAS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html';
const WEB_SOCKET_QUOTAS =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html';
const TABLE_WARM =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html';
const TABLE_MAXIMUM =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html';
const TABLE_ON_DEMAND =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html';

export const LAMBDA_LIMITS = {
  /** New accounts start lower, with 10 or 50, and AWS raises the quota with use. */
  accountConcurrency: {
    name: 'Lambda’s quota of concurrent executions per account and region',
    limit: 1000,
    unit: 'concurrent executions',
    source: LAMBDA_QUOTAS,
    raised: true,
  },
  unreserved: {
    name: 'Lambda’s quota of concurrent executions that stay unreserved',
    limit: 100,
    unit: 'concurrent executions',
    source: LAMBDA_RESERVED,
    raised: false,
  },
  /** Refilled continuously, so 100 a second; unused ones do not accumulate. */
  newEnvironments: {
    name: 'Lambda’s quota of new environments per function in 10 s',
    limit: 1000,
    unit: 'environments in 10 s',
    source: LAMBDA_SCALING,
    raised: false,
  },
  /** A function that takes less than 100 ms therefore needs more environments than Little’s law says. */
  requestsOfEnvironment: {
    name: 'Lambda’s quota of requests a second per environment',
    limit: 10,
    unit: 'requests a second',
    source: LAMBDA_CONCURRENCY,
    raised: false,
  },
} as const satisfies Record<string, ScalingLimit>;

export const API_LIMITS = {
  /** 2,500 in the regions of `API_LOWER_REGIONS`. */
  accountRate: {
    name: 'API Gateway’s quota of requests a second per account and region',
    limit: 10_000,
    unit: 'requests a second',
    source: API_QUOTAS,
    raised: true,
  },
  /** AWS derives it from the rate; it cannot be requested. */
  accountBurst: {
    name: 'API Gateway’s burst quota of requests per account and region',
    limit: 5000,
    unit: 'requests at once',
    source: API_QUOTAS,
    raised: false,
  },
  /** Of all WebSocket APIs together. */
  newConnections: {
    name: 'API Gateway’s quota of new WebSocket connections a second per account and region',
    limit: 500,
    unit: 'connections a second',
    source: WEB_SOCKET_QUOTAS,
    raised: true,
  },
} as const satisfies Record<string, ScalingLimit>;

export const DYNAMODB_LIMITS = {
  tableReads: {
    name: 'DynamoDB’s quota of read units a second for an on-demand table',
    limit: 40_000,
    unit: 'read units a second',
    source: TABLE_MAXIMUM,
    raised: true,
  },
  tableWrites: {
    name: 'DynamoDB’s quota of write units a second for an on-demand table',
    limit: 40_000,
    unit: 'write units a second',
    source: TABLE_MAXIMUM,
    raised: true,
  },
  newTableReads: {
    name: 'DynamoDB’s read units a second for a new on-demand table',
    limit: 12_000,
    unit: 'read units a second',
    source: TABLE_WARM,
    raised: true,
  },
  newTableWrites: {
    name: 'DynamoDB’s write units a second for a new on-demand table',
    limit: 4000,
    unit: 'write units a second',
    source: TABLE_WARM,
    raised: true,
  },
  /** A table serves twice its previous peak immediately, and may throttle more than that within this time. */
  doublingSeconds: {
    name: 'DynamoDB’s time to double the throughput of an on-demand table',
    limit: 1800,
    unit: 'seconds',
    source: TABLE_ON_DEMAND,
    raised: false,
  },
} as const satisfies Record<string, ScalingLimit>;

/** The newer regions, where an account starts with a quarter of the requests. Source: `API_LIMITS`. */
export const API_LOWER_REGIONS: readonly string[] = [
  'af-south-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
];
export const API_LOWER_RATE = 2500;
export const API_LOWER_BURST = 1250;
