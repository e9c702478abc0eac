import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppFunctionOptions, ColdStart, Rollout, ServerlessApp } from 'cdk-serverless-app';
import {
  always,
  both,
  Edit,
  fine,
  NIGHTLY,
  objects,
  ROLLED,
  route,
  SCALED,
  tableOf,
  troubled,
  version,
  WARM,
} from './edit';

/** A function with every trigger. */
const busy = (options: AppFunctionOptions = {}): ReturnType<typeof version> =>
  version((app: ServerlessApp) => {
    const fn = app.onRequest('GET /a', 'ok.ts', { id: 'A', ...options });
    app.onTableChange(tableOf(app), 'ok.ts', { id: 'B', ...options });
    app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts', { id: 'C', ...options });
    app.onSchedule(NIGHTLY, 'ok.ts', { id: 'D', ...options });
    fn.reads(tableOf_(app));
  });
const tableOf_ = (app: ServerlessApp): never => app.node.findChild('Ledger') as never;
const plain = busy();
const code = (fileName: string, options: AppFunctionOptions): ReturnType<typeof version> =>
  version(both(always, (app) => void app.onRequest('GET /a', fileName, { id: 'A', ...options })));
const alone = (id: string, options: AppFunctionOptions = {}): ReturnType<typeof version> =>
  version(both(always, (app) => void app.addFunction(id, { entry: 'ok.ts', ...options })));

const DURABLE: AppFunctionOptions = { durableConfig: { executionTimeout: Duration.minutes(5) } };
const changed = (options: AppFunctionOptions = {}): ReturnType<typeof version> =>
  version((app) => {
    app.onTableChange(tableOf(app), 'ok.ts', { id: 'A', ...options });
  });
const ordered = (options: AppFunctionOptions = {}): ReturnType<typeof version> =>
  version(
    both(always, (app) => {
      app.onRequest('POST /a', 'ok.ts', { id: 'A', ...options });
      app.onSchedule(NIGHTLY, 'ok.ts', { id: 'B', ...options });
      app.onEvent({ source: ['shop'] }, 'ok.ts', { id: 'C', ...options });
    }),
  );
const RUNNING =
  'Lambda deletes a durable function only when none of its executions is running. CloudFormation waits for an hour, and then gives up.';
const ENDED =
  'Wait until its executions have ended, or stop them (`aws lambda stop-durable-execution`).';

export const FUNCTION_EDITS: readonly Edit[] = [
  fine('change the code of a function', code('ok.ts', {}), code('other.ts', {})),
  fine(
    'change the code of a function with a rollout',
    code('ok.ts', ROLLED),
    code('other.ts', ROLLED),
  ),
  fine('rename a function without triggers', alone('A'), alone('B')),
  fine('add a function, remove it, and add it again', alone('A'), version(always), alone('A')),
  ...Object.entries<AppFunctionOptions>({
    memorySize: { memorySize: 2048 },
    timeout: { timeout: Duration.seconds(7) },
    environment: { environment: { LIMIT: '1' } },
    architecture: { architecture: lambda.Architecture.X86_64 },
    runtime: { runtime: lambda.Runtime.NODEJS_22_X },
    tracing: { tracing: lambda.Tracing.ACTIVE },
    reservedConcurrentExecutions: { reservedConcurrentExecutions: 5 },
    description: { description: 'something' },
  }).flatMap(([name, options]) => [
    fine(`set and unset \`${name}\` of functions`, plain, busy(options), plain),
    fine(
      `set and unset \`${name}\` of functions with a rollout`,
      busy(ROLLED),
      busy({ ...ROLLED, ...options }),
      busy(ROLLED),
    ),
  ]),
  ...Object.entries<AppFunctionOptions>({
    retryAttempts: { retryAttempts: 1 },
    maxEventAge: { maxEventAge: Duration.hours(1) },
  }).map(([name, options]) =>
    fine(
      `set and unset \`${name}\` of a function`,
      version(objects('C')),
      version(objects('C', options)),
      version(objects('C')),
    ),
  ),
  fine('add provisioned concurrency, and remove it', plain, busy(WARM), plain),
  fine('add provisioned concurrency that scales, and remove it', plain, busy(SCALED), plain),
  fine(
    'change the bounds of provisioned concurrency',
    busy(WARM),
    busy(SCALED),
    busy({ coldStart: ColdStart.provisioned({ min: 2, max: 9 }) }),
    busy(WARM),
  ),
  fine('add a rollout, and remove it', plain, busy(ROLLED), plain),
  fine(
    'change a rollout',
    busy(ROLLED),
    busy({ rollout: Rollout.linear({ percent: 20, interval: Duration.minutes(2) }) }),
  ),
  fine(
    'add a rollout together with provisioned concurrency, and remove both',
    busy(WARM),
    busy({ ...WARM, ...ROLLED }),
    busy(WARM),
  ),
  fine(
    'add a name to a function, and change it',
    alone('A'),
    alone('A', { functionName: 'one' }),
    alone('A', { functionName: 'two' }),
  ),
  fine(
    'grant access, and revoke it',
    version(both(route('GET /a', 'A'), (app) => void tableOf(app))),
    version(
      both(always, (app) => {
        app.onRequest('GET /a', 'ok.ts', { id: 'A' }).writes(tableOf(app));
      }),
    ),
    version(both(route('GET /a', 'A'), (app) => void tableOf(app))),
  ),
  fine('make functions durable', ordered(), ordered(DURABLE)),
  fine(
    'change `executionTimeout` and `retentionPeriod` of durable functions, and change it back',
    ordered(DURABLE),
    ordered({
      durableConfig: { executionTimeout: Duration.minutes(9), retentionPeriod: Duration.days(2) },
    }),
    ordered(DURABLE),
  ),
  troubled('make durable functions ordinary again', [ordered(DURABLE), ordered()], {
    kinds: ['may-fail'],
    what: `CloudFormation replaces the functions. ${RUNNING}`,
    instead: ENDED,
  }),
  troubled('remove a durable function', [alone('A', DURABLE), version(always)], {
    kinds: ['may-fail'],
    what: RUNNING,
    instead: ENDED,
  }),
  fine('make the function of a table’s changes durable', changed(), changed(DURABLE)),
  troubled(
    'make a function with a `functionName` durable',
    [alone('A', { functionName: 'one' }), alone('A', { functionName: 'one', ...DURABLE })],
    {
      kinds: ['will-fail'],
      what: 'CloudFormation creates the new function while the old one still has the name.',
      instead: 'Change or remove `functionName` in the same deployment.',
      steps: [alone('A', { functionName: 'one' }), alone('A', { functionName: 'two', ...DURABLE })],
    },
  ),
];
