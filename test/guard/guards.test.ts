import { apiIntegrations } from '../../lib/guard/api-integrations';
import { apiRoutes } from '../../lib/guard/api-routes';
import { functionPolicy } from '../../lib/guard/function-policy';
import { Guard } from '../../lib/guard/guard';
import { FunctionResources, GuardFacts, StackFacts } from '../../lib/guard/guard-facts';
import { GUARDS } from '../../lib/guard/guards';
import { nestedResources } from '../../lib/guard/nested-resources';
import { rolePolicy } from '../../lib/guard/role-policy';
import { stackOutputs } from '../../lib/guard/stack-outputs';
import { stackParameters } from '../../lib/guard/stack-parameters';
import { stackResources } from '../../lib/guard/stack-resources';
import { templateSize } from '../../lib/guard/template-size';

const STACK: StackFacts = {
  path: 'Test',
  shard: false,
  resources: 10,
  resourceLimit: 500,
  parameters: 1,
  outputs: 0,
};
const SHARD: StackFacts = { ...STACK, path: 'Test/App/Shard1', shard: true };
const FACTS: GuardFacts = { app: 'Test/App', stacks: [STACK], functions: [], apis: [], roles: [] };
const SHARDED: GuardFacts = { ...FACTS, shards: 4, stacks: [STACK, SHARD] };

function functions(count: number, resources: number): FunctionResources[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `Function${i}`,
    resources,
    permissions: 1,
  }));
}

function stack(part: Partial<StackFacts>): GuardFacts {
  return { ...FACTS, stacks: [{ ...STACK, ...part }] };
}

function shard(part: Partial<StackFacts>): GuardFacts {
  return { ...SHARDED, stacks: [STACK, { ...SHARD, ...part }] };
}

const api = (part: { routes?: number; integrations?: number }): GuardFacts => ({
  ...FACTS,
  apis: [{ path: 'Test/App/HttpApi', routes: 1, integrations: 1, ...part }],
});
const role = (policyBytes: number): GuardFacts => ({
  ...FACTS,
  roles: [{ path: 'Test/App/Resize/Role', function: 'Resize', policyBytes }],
});
const policy = (policyBytes?: number): GuardFacts => ({
  ...FACTS,
  functions: [{ id: 'Resize', resources: 3, permissions: 40, policyBytes }],
});
const nested = (resources: number): GuardFacts => ({
  ...SHARDED,
  stacks: [
    { ...STACK, resources: resources - 1000 },
    { ...SHARD, resources: 500 },
    { ...SHARD, resources: 500 },
  ],
});

type Severity = 'error' | 'warning' | undefined;
const LIMITS: [string, Guard, GuardFacts, Severity][] = [
  ['399 resources in a stack', stackResources, stack({ resources: 399 }), undefined],
  ['400 resources in a stack', stackResources, stack({ resources: 400 }), 'warning'],
  ['500 resources in a stack', stackResources, stack({ resources: 500 }), 'warning'],
  ['501 resources in a stack', stackResources, stack({ resources: 501 }), 'error'],
  ['399 resources in a shard', stackResources, shard({ resources: 399 }), undefined],
  ['400 resources in a shard', stackResources, shard({ resources: 400 }), 'warning'],
  ['501 resources in a shard', stackResources, shard({ resources: 501 }), 'error'],
  ['2,500 resources in all', nestedResources, nested(2500), undefined],
  ['2,501 resources in all', nestedResources, nested(2501), 'warning'],
  ['200 parameters', stackParameters, stack({ parameters: 200 }), undefined],
  ['201 parameters', stackParameters, stack({ parameters: 201 }), 'error'],
  ['200 parameters of a shard', stackParameters, shard({ parameters: 200 }), undefined],
  ['201 parameters of a shard', stackParameters, shard({ parameters: 201 }), 'error'],
  ['200 outputs', stackOutputs, stack({ outputs: 200 }), undefined],
  ['201 outputs', stackOutputs, stack({ outputs: 201 }), 'error'],
  ['200 outputs of a shard', stackOutputs, shard({ outputs: 200 }), undefined],
  ['201 outputs of a shard', stackOutputs, shard({ outputs: 201 }), 'error'],
  ['1 MB of template', templateSize, stack({ templateBytes: 1_048_576 }), undefined],
  ['more than 1 MB of template', templateSize, stack({ templateBytes: 1_048_577 }), 'error'],
  ['more than 1 MB of a shard', templateSize, shard({ templateBytes: 1_048_577 }), 'error'],
  ['a template that was not measured', templateSize, stack({}), undefined],
  ['300 routes', apiRoutes, api({ routes: 300 }), undefined],
  ['301 routes', apiRoutes, api({ routes: 301 }), 'warning'],
  ['300 integrations', apiIntegrations, api({ integrations: 300 }), undefined],
  ['301 integrations', apiIntegrations, api({ integrations: 301 }), 'error'],
  ['20 KB of a function’s policy', functionPolicy, policy(20_480), undefined],
  ['more than 20 KB of it', functionPolicy, policy(20_481), 'error'],
  ['a policy that was not measured', functionPolicy, policy(), undefined],
  ['10,240 characters of a role’s policies', rolePolicy, role(10_240), undefined],
  ['10,241 characters of it', rolePolicy, role(10_241), 'error'],
];

test.each(LIMITS)('%s', (_name, guard, facts, severity) => {
  expect(guard(facts).map((finding) => finding.severity)).toEqual(
    severity === undefined ? [] : [severity],
  );
});

test('an app far from every limit has no finding', () => {
  expect(GUARDS.flatMap((guard) => guard(SHARDED))).toEqual([]);
});

test('each guard has an id of its own, and names the quota with its source', () => {
  const findings = GUARDS.flatMap((guard) =>
    LIMITS.filter(([, of]) => of === guard)
      .flatMap(([, , facts]) => guard(facts))
      .slice(0, 1),
  );

  expect(findings.map(({ id }) => id)).toEqual([
    'cdk-serverless-app:stack-resources',
    'cdk-serverless-app:nested-resources',
    'cdk-serverless-app:stack-parameters',
    'cdk-serverless-app:stack-outputs',
    'cdk-serverless-app:template-size',
    'cdk-serverless-app:api-routes',
    'cdk-serverless-app:api-integrations',
    'cdk-serverless-app:function-policy',
    'cdk-serverless-app:role-policy',
  ]);
  for (const { message } of findings) {
    expect(message).toMatch(
      /^Test\/App: `[\w.]+` must .+ \(.+ quota .+: [\d,]+; https:\/\/docs\.aws\.amazon\.com\/.+\), got .*\d.*: [a-z]/,
    );
  }
});

describe('too many resources', () => {
  test('in one stack: the message says how many shards would do', () => {
    const facts = { ...stack({ resources: 450 }), functions: functions(90, 5) };

    expect(stackResources(facts)[0]?.message).toBe(
      'Test/App: `sharding` must leave no stack more resources than it may have (CloudFormation’s quota of resources: 500; ' +
        'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html), got 450 in Test: ' +
        'give the app `sharding`: `Sharding.nestedStacks(2)`, which moves the functions into nested stacks (and so replaces them: README, “Beyond one stack”)',
    );
  });

  test('in a shard: more shards than now', () => {
    const facts = { ...shard({ resources: 501 }), functions: functions(400, 5) };

    const [, count] =
      /Sharding\.nestedStacks\((\d+)\)/.exec(stackResources(facts)[0]?.message ?? '') ?? [];

    expect(Number(count)).toBeGreaterThanOrEqual(7);
    expect(Number(count)).toBeLessThanOrEqual(12);
  });

  test('in a shard, though few would do: one more than now', () => {
    const facts = { ...shard({ resources: 410 }), functions: functions(2, 5) };

    expect(stackResources(facts)[0]?.message).toContain('raise it to `Sharding.nestedStacks(5)`');
  });

  test('in the own stack of a sharded app: something else is there', () => {
    const facts = { ...SHARDED, stacks: [{ ...STACK, resources: 400 }, SHARD] };

    expect(stackResources(facts)[0]?.message).toContain('move something else of that stack');
  });

  test('by the limit that the CDK’s context gives, and by none where that is 0', () => {
    expect(stackResources(stack({ resources: 999, resourceLimit: 0 }))).toEqual([]);
    expect(stackResources(stack({ resources: 799, resourceLimit: 1000 }))).toEqual([]);
    expect(stackResources(stack({ resources: 80, resourceLimit: 100 }))).toHaveLength(1);
  });

  test('of all stacks together are none of an app without shards', () => {
    expect(nestedResources({ ...nested(2501), shards: undefined })).toEqual([]);
  });
});

test('the policy of the schedules’ role is divided by shards', () => {
  const facts = { ...FACTS, roles: [{ path: 'Test/App/SchedulerRole', policyBytes: 11_000 }] };

  expect(rolePolicy(facts)[0]?.message).toContain(
    '`functions` must need no longer inline policies than a role may have',
  );
  expect(rolePolicy(facts)[0]?.message).toContain('with `Sharding.nestedStacks(2)` each stack');
});
