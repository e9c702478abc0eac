import type { AppModel, FunctionModel, TriggerModel } from '../../../lib/model/app-model';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';

export function arnOf(name: string, qualifier?: string): string {
  const end = qualifier === undefined ? '' : `:${qualifier}`;
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}${end}`;
}

export function functionModel(id: string, ...triggers: TriggerModel[]): FunctionModel {
  return {
    id,
    path: `Shop/Orders/${id}`,
    name: `Shop-${id}-Abc`,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    memoryMb: 1024,
    timeoutSeconds: 60,
    coldStart: { kind: 'onDemand' },
    rollout: { kind: 'allAtOnce' },
    entry: `src/${id}.ts`,
    handler: 'handler',
    triggers,
    access: [],
  };
}

export function objects(source: string, prefix?: string, suffix?: string): TriggerModel {
  return {
    kind: 'objectCreated',
    invocation: 'asynchronous',
    source: `Shop/Orders/${source}`,
    details: { prefix, suffix, by: 's3' },
  };
}

export const CHANGES: TriggerModel = {
  kind: 'tableChanges',
  invocation: 'polled',
  source: 'Shop/Orders/Orders',
  details: {},
};

export const RECORDS: TriggerModel = {
  kind: 'streamRecords',
  invocation: 'polled',
  source: 'Shop/Orders/Clicks',
  details: {},
};

export const NIGHTLY: TriggerModel = {
  kind: 'schedule',
  invocation: 'asynchronous',
  source: 'cron(0 2 * * ? *)',
  details: { timeZone: 'Europe/Warsaw', enabled: true },
};

export function route(source: string): TriggerModel {
  return { kind: 'http', invocation: 'synchronous', source, details: {} };
}

/** A model whose expressions are resolved. */
export function deployedModel(
  functions: FunctionModel[],
  change: Partial<AppModel> = {},
): AppModel {
  const resource = (id: string, name: string): AppModel['buckets'][number] => ({
    id,
    path: `Shop/Orders/${id}`,
    name,
    made: true,
  });
  return {
    schemaVersion: 1,
    app: {
      id: 'Orders',
      path: 'Shop/Orders',
      stage: 'production',
      stack: 'Shop',
      region: REGION,
      account: ACCOUNT,
      limits: { concurrency: 1000, apiRate: 10_000, apiBurst: 5000 },
    },
    functions,
    tables: [],
    buckets: [],
    defaults: [],
    monitoring: { alarms: [], customMetrics: [], dashboards: [] },
    keys: [],
    failureQueue: resource('FailureQueue', 'failures'),
    failureBucket: resource('FailureBucket', 'failed-records'),
    logGroup: resource('Logs', 'shop-logs'),
    ...change,
  };
}
