import { FunctionInput, GuardInput, StackInput } from '../../lib/guard/guard-input';

/** A function in which no guard finds anything. */
export const FUNCTION: FunctionInput = {
  id: 'Resize',
  resources: 3,
  permissions: 1,
  callers: [],
  environment: { least: 0, likely: 0, estimated: 0 },
  secrets: [],
  snapshots: false,
  provisions: false,
  pastAlias: [],
};

export const STACK: StackInput = {
  path: 'Test',
  shard: false,
  resources: 10,
  resourceLimit: 500,
  parameters: 1,
  outputs: 0,
};

/** An app in which no guard finds anything. */
export const FACTS: GuardInput = {
  app: 'Test/App',
  stacks: [STACK],
  functions: [],
  apis: [],
  restApis: [],
  roles: [],
  tables: [],
  account: { concurrency: 1000, apiRate: 10_000, apiBurst: 5000 },
  throttles: [],
  production: true,
  today: '2026-11-24',
  streams: [],
  notifications: [],
  queues: [],
  routes: [],
  sockets: [],
  eventBuses: [],
  rules: [],
  topics: [],
  storage: [],
  flows: [],
};
