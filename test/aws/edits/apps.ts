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
  what: 'The functions move to nested stacks, so CloudFormation creates new ones. Routes are updated in place. The new mapping of a stream reads the changes of the last 24 hours again.',
  instead: 'Make handlers of table changes idempotent, as streams require anyway.',
} as const;

export const APP_EDITS: readonly Edit[] = [
  fine(
    'add addresses to `notify`, and remove some',
    app({ notify: ops }),
    app({ notify: [...ops, 'dev@example.com'] }),
    app({ notify: ['dev@example.com'] }),
    app({ notify: ops }),
  ),
  fine('set and unset `notify`', app(), app({ notify: ops }), app()),
  fine('add a budget, and remove it', app({ notify: ops }), budget(), app({ notify: ops })),
  fine('change the amount of a budget', budget(), budget({}, 300)),
  fine(
    'change `actual`, `forecast` and `notify` of a budget',
    budget(),
    budget({ actual: [50] }),
    budget({ actual: [50], forecast: [90] }),
    budget({ notify: ['cfo@example.com'] }),
  ),
  fine(
    'change `actual` and `notify` of a budget with a name',
    budget({ budgetName: 'mine' }),
    budget({ budgetName: 'mine', actual: [50] }),
    budget({ budgetName: 'mine', notify: ['cfo@example.com'] }),
  ),
  fine(
    'change the addresses of an app with a budget',
    budget(),
    app({ notify: ['dev@example.com'], budget: Budget.monthly(200) }),
  ),
  fine(
    'change an alarm, disable one, disable all, and undo these changes',
    app({ notify: ops }),
    app({ notify: ops, alarms: { Throttles: { evaluationPeriods: 3 } } }),
    app({ notify: ops, alarms: { Throttles: { enabled: false } } }),
    app({ notify: ops, alarmsEnabled: false }),
    app({ notify: ops }),
  ),
  fine('disable the dashboard, and enable it again', app(), app({ dashboard: false }), app()),
  fine(
    'change the stage from production to development, and back',
    app(),
    app({ stage: AppStage.DEVELOPMENT }),
    app(),
  ),
  fine(
    'change the stage from development to production, and back',
    app({ stage: AppStage.DEVELOPMENT }),
    app(),
    app({ stage: AppStage.DEVELOPMENT }),
  ),
  fine(
    'disable `serverAccessLogs`, and enable it again',
    app(),
    app({ serverAccessLogs: false }),
    app(),
  ),
  fine(
    'use your own failure bucket, and remove it',
    version(both(changes('Project'), (_, stack) => new s3.Bucket(stack, 'Mine'))),
    {
      propsIn: (stack) => ({ failureBucket: new s3.Bucket(stack, 'Mine') }),
      declare: changes('Project'),
    },
  ),
  fine(
    'use your own failure queue',
    version(both(whole, (_, stack) => new sqs.Queue(stack, 'Mine'))),
    {
      propsIn: (stack) => ({ failureQueue: new sqs.Queue(stack, 'Mine') }),
      declare: whole,
    },
  ),
  fine(
    'use your own log group',
    version(both(whole, (_, stack) => new logs.LogGroup(stack, 'Mine'))),
    {
      propsIn: (stack) => ({ logGroup: new logs.LogGroup(stack, 'Mine') }),
      declare: whole,
    },
  ),
  fine(
    'change `estimate`, `usage`, `scaling` and `report`',
    app(),
    app({ estimate: { freeTier: true }, report: false }),
  ),
  troubled('enable sharding', [app(), app(sharded(2))], {
    kinds: ['events-repeated'],
    ...MOVED,
  }),
  fine('change the number of shards', app(sharded(1)), app(sharded(3))),
  troubled(
    'enable sharding in an app in which a function has a `functionName`',
    [named(), named(sharded(2))],
    {
      kinds: ['will-fail'],
      what: 'CloudFormation creates the function in the nested stack while the old one still has the name.',
      instead: 'Change or remove `functionName` in the same deployment.',
      steps: [named(), named(sharded(2), 'other')],
    },
  ),
  troubled(
    'add a `tenancyConfig` to a function in a shard, or change its package type',
    [tenants(false), tenants(true)],
    {
      kinds: ['will-fail'],
      what: 'Either change replaces the function, and the name of a function in a shard is derived from its id, so the old one still has it.',
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
