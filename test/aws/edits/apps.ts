import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppStage, Budget, ServerlessAppProps, Sharding } from 'cdk-serverless-app';
import { always, both, changes, Edit, fine, troubled, version, whole } from './edit';

const app = (props: ServerlessAppProps = {}): ReturnType<typeof version> => version(whole, props);
const ops = ['ops@example.com'];
const budget = (
  options: Parameters<typeof Budget.monthly>[1] = {},
  usd = 200,
): ReturnType<typeof version> => app({ notify: ops, budget: Budget.monthly(usd, options) });
const sharded = (count: number): ServerlessAppProps => ({ sharding: Sharding.nestedStacks(count) });

const named = (
  props: ServerlessAppProps = {},
  functionName = 'fixed',
): ReturnType<typeof version> =>
  version((one) => void one.addFunction('A', { entry: 'ok.ts', functionName }), props);
const tenants = (isolated: boolean, id = 'A'): ReturnType<typeof version> =>
  version(
    both(always, (one) => {
      const tenancyConfig = isolated ? lambda.TenancyConfig.PER_TENANT : undefined;
      one.addFunction(id, { entry: 'ok.ts', tenancyConfig });
    }),
    sharded(2),
  );

const MOVED = {
  what: 'Functions move between stacks, so each is created anew. Its routes follow in place; a stream’s new mapping reads the changes of the last 24 hours again.',
  instead: 'Make handlers of table changes idempotent, which streams require anyway.',
} as const;

export const APP_EDITS: readonly Edit[] = [
  fine(
    'add an address to `notify`, another one, and back',
    app({ notify: ops }),
    app({ notify: [...ops, 'dev@example.com'] }),
    app({ notify: ['dev@example.com'] }),
    app({ notify: ops }),
  ),
  fine('set `notify`, and back', app(), app({ notify: ops }), app()),
  fine('set a budget, and back', app({ notify: ops }), budget(), app({ notify: ops })),
  fine('change the amount of a budget', budget(), budget({}, 300)),
  fine(
    'change `actual`, `forecast` and `notify` of a budget',
    budget(),
    budget({ actual: [50] }),
    budget({ actual: [50], forecast: [90] }),
    budget({ notify: ['cfo@example.com'] }),
  ),
  fine(
    'the same of a budget with a name',
    budget({ budgetName: 'mine' }),
    budget({ budgetName: 'mine', actual: [50] }),
    budget({ budgetName: 'mine', notify: ['cfo@example.com'] }),
  ),
  fine(
    'change the addresses while there is a budget',
    budget(),
    app({ notify: ['dev@example.com'], budget: Budget.monthly(200) }),
  ),
  fine(
    'change an alarm, switch one off, switch all off, and back',
    app({ notify: ops }),
    app({ notify: ops, alarms: { Throttles: { evaluationPeriods: 3 } } }),
    app({ notify: ops, alarms: { Throttles: { enabled: false } } }),
    app({ notify: ops, alarmsEnabled: false }),
    app({ notify: ops }),
  ),
  fine('switch the dashboard off, and back', app(), app({ dashboard: false }), app()),
  fine('production, development, and back', app(), app({ stage: AppStage.DEVELOPMENT }), app()),
  fine(
    'development, production, and back',
    app({ stage: AppStage.DEVELOPMENT }),
    app(),
    app({ stage: AppStage.DEVELOPMENT }),
  ),
  fine(
    'switch `serverAccessLogs` off, and on again',
    app(),
    app({ serverAccessLogs: false }),
    app(),
  ),
  fine(
    'bring a failure bucket, and take it back',
    version(both(changes('Project'), (_, stack) => new s3.Bucket(stack, 'Mine'))),
    {
      propsIn: (stack) => ({ failureBucket: new s3.Bucket(stack, 'Mine') }),
      declare: changes('Project'),
    },
  ),
  fine('bring a failure queue', version(both(whole, (_, stack) => new sqs.Queue(stack, 'Mine'))), {
    propsIn: (stack) => ({ failureQueue: new sqs.Queue(stack, 'Mine') }),
    declare: whole,
  }),
  fine('bring a log group', version(both(whole, (_, stack) => new logs.LogGroup(stack, 'Mine'))), {
    propsIn: (stack) => ({ logGroup: new logs.LogGroup(stack, 'Mine') }),
    declare: whole,
  }),
  fine(
    '`estimate`, `usage`, `scaling`, `report`',
    app(),
    app({ estimate: { freeTier: true }, report: false }),
  ),
  troubled('switch sharding on', [app(), app(sharded(2))], {
    kinds: ['events-repeated'],
    ...MOVED,
  }),
  fine('change the number of shards', app(sharded(1)), app(sharded(3))),
  troubled(
    'switch sharding on where a function has a name of its own (`functionName`)',
    [named(), named(sharded(2))],
    {
      kinds: ['will-fail'],
      what: 'The function of the nested stack is created while the old one has its name.',
      instead: 'Change `functionName` in the same deployment, or leave it out.',
      steps: [named(), named(sharded(2), 'other')],
    },
  ),
  troubled(
    'give a function of an app with shards a `tenancyConfig`, or another package type',
    [tenants(false), tenants(true)],
    {
      kinds: ['will-fail'],
      what: 'Lambda decides both when a function is created, and the name of a function in a shard follows from its id.',
      instead: 'Give the function another `id` in the same deployment.',
      steps: [tenants(false), tenants(true, 'Other')],
    },
  ),
  fine(
    'add a function to an app with shards',
    version(whole, sharded(3)),
    version(both(whole, always), sharded(3)),
  ),
];
