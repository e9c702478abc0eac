/** A row of the table of defaults. Each option that changes a default names its row: one of these, or the row of a kind of trigger. */
export type DefaultsPart = OwnDefaultsPart | (string & {});

/** The rows in lib/core/defaults-table.ts. */
export type OwnDefaultsPart =
  | 'runtime, architecture'
  | 'memory'
  | 'timeout'
  | 'concurrency'
  | 'bundling'
  | 'cold starts'
  | 'rollout'
  | 'durable functions'
  | 'stacks'
  | 'permissions'
  | 'log'
  | 'tables'
  | 'buckets'
  | 'access logs of buckets'
  | 'tracing'
  | 'HTTP'
  | 'REST'
  | 'WebSocket'
  | 'table changes'
  | 'asynchronous events'
  | 'failure queue'
  | 'alarms'
  | 'budget'
  | 'run-rate alarm'
  | 'dashboard'
  | 'schedules'
  | 'sites';
