import { apiAuthorizers } from '../../lib/guard/api-authorizers';
import { stageVariables } from '../../lib/guard/stage-variables';
import { apiIntegrations } from '../../lib/guard/api-integrations';
import { apiRoutes } from '../../lib/guard/api-routes';
import { functionPolicy } from '../../lib/guard/function-policy';
import { findingsOf, Guard } from '../../lib/guard/guard';
import {
  AccountInput,
  FunctionInput,
  ApiInput,
  GuardInput,
  RestApiInput,
  StackInput,
  TableThroughputInput,
  ThrottleInput,
} from '../../lib/guard/guard-input';
import { GUARDS } from '../../lib/guard/guards';
import { httpThrottle } from '../../lib/guard/http-throttle';
import { nestedResources } from '../../lib/guard/nested-resources';
import { provisionedConcurrency } from '../../lib/guard/provisioned-concurrency';
import { reservedConcurrency } from '../../lib/guard/reserved-concurrency';
import { rolePolicy } from '../../lib/guard/role-policy';
import { stackOutputs } from '../../lib/guard/stack-outputs';
import { stackParameters } from '../../lib/guard/stack-parameters';
import { stackResources } from '../../lib/guard/stack-resources';
import { streamConcurrency } from '../../lib/guard/stream-concurrency';
import { tableThroughput } from '../../lib/guard/table-throughput';
import { templateSize } from '../../lib/guard/template-size';
import { FACTS, FUNCTION, STACK } from '../support/guard-input';

const SHARD: StackInput = { ...STACK, path: 'Test/App/Shard1', shard: true };
const SHARDED: GuardInput = { ...FACTS, shards: 4, stacks: [STACK, SHARD] };

function functions(count: number, resources: number): FunctionInput[] {
  return Array.from({ length: count }, (_, i) => ({ ...FUNCTION, id: `Function${i}`, resources }));
}

function stack(part: Partial<StackInput>): GuardInput {
  return { ...FACTS, stacks: [{ ...STACK, ...part }] };
}

function shard(part: Partial<StackInput>): GuardInput {
  return { ...SHARDED, stacks: [STACK, { ...SHARD, ...part }] };
}

const api = (part: Partial<ApiInput>): GuardInput => ({
  ...FACTS,
  apis: [{ path: 'Test/App/HttpApi', routes: 1, integrations: 1, authorizers: 0, ...part }],
});
const restApi = (part: Partial<RestApiInput>): GuardInput => ({
  ...FACTS,
  restApis: [{ path: 'Test/App/RestApi', resources: 1, authorizers: 0, variables: 0, ...part }],
});
const role = (policyBytes: number): GuardInput => ({
  ...FACTS,
  roles: [{ path: 'Test/App/Resize/Role', function: 'Resize', policyBytes }],
});
const policy = (policyBytes?: number): GuardInput => ({
  ...FACTS,
  functions: [{ ...FUNCTION, permissions: 40, policyBytes }],
});
const nested = (resources: number): GuardInput => ({
  ...SHARDED,
  stacks: [
    { ...STACK, resources: resources - 1000 },
    { ...SHARD, resources: 500 },
    { ...SHARD, resources: 500 },
  ],
});

/** An app with functions of which only the scaling matters, in an account with so many concurrent executions. */
function scaled(parts: readonly Partial<FunctionInput>[], concurrency?: number): GuardInput {
  const made = parts.map((part, i) => ({ ...FUNCTION, id: `F${i}`, ...part }));
  return { ...FACTS, functions: made, account: { ...FACTS.account, concurrency } };
}
const reserved = (...values: number[]): GuardInput =>
  scaled(
    values.map((value) => ({ reserved: value })),
    1000,
  );
const provisioned = (part: Partial<FunctionInput>): GuardInput => scaled([part], 1000);
/** One function that reserves, and one that only provisions. */
const unreserved = (ofOne: number, min: number, max?: number): GuardInput =>
  scaled([{ reserved: ofOne }, { provisionedMin: min, provisionedMax: max }], 1000);
const pc = (ofFunction: number | undefined, min: number, max?: number): GuardInput =>
  provisioned({ reserved: ofFunction, provisionedMin: min, provisionedMax: max });
const shardOf = (ofFunction?: number, parallelization?: number): GuardInput =>
  provisioned({ reserved: ofFunction, parallelization });
const table = (part: Partial<TableThroughputInput>): GuardInput => ({
  ...FACTS,
  tables: [{ id: 'Orders', ...part }],
});
const throttle = (
  part: Partial<ThrottleInput>,
  account: Partial<AccountInput> = {},
): GuardInput => ({
  ...FACTS,
  throttles: [{ prop: 'http.throttle', ...part }],
  account: { ...FACTS.account, ...account },
});

type Severity = 'error' | 'warning' | undefined;
const LIMITS: [string, Guard, GuardInput, Severity][] = [
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
  ['10 authorizers', apiAuthorizers, api({ authorizers: 10 }), undefined],
  ['11 authorizers', apiAuthorizers, api({ authorizers: 11 }), 'warning'],
  ['10 authorizers of a REST API', apiAuthorizers, restApi({ authorizers: 10 }), undefined],
  ['11 authorizers of a REST API', apiAuthorizers, restApi({ authorizers: 11 }), 'warning'],
  ['100 stage variables', stageVariables, restApi({ variables: 100 }), undefined],
  ['101 stage variables', stageVariables, restApi({ variables: 101 }), 'error'],
  ['300 integrations', apiIntegrations, api({ integrations: 300 }), undefined],
  ['301 integrations', apiIntegrations, api({ integrations: 301 }), 'error'],
  ['20 KB of a function’s policy', functionPolicy, policy(20_480), undefined],
  ['more than 20 KB of it', functionPolicy, policy(20_481), 'error'],
  ['a policy that was not measured', functionPolicy, policy(), undefined],
  ['10,240 characters of a role’s policies', rolePolicy, role(10_240), undefined],
  ['10,241 characters of it', rolePolicy, role(10_241), 'error'],
  ['900 of 1,000 reserved', reservedConcurrency, reserved(400, 500), undefined],
  ['901 of 1,000 reserved', reservedConcurrency, reserved(400, 501), 'error'],
  ['900 reserved and provisioned', reservedConcurrency, unreserved(500, 400), undefined],
  ['901 reserved and provisioned', reservedConcurrency, unreserved(500, 401), 'error'],
  ['900 that scaling may provision', reservedConcurrency, unreserved(0, 1, 900), undefined],
  ['901 that scaling may provision', reservedConcurrency, unreserved(0, 1, 901), 'warning'],
  [
    'provisioned concurrency that comes out of what is reserved',
    reservedConcurrency,
    provisioned({ reserved: 900, provisionedMin: 900 }),
    undefined,
  ],
  ['nothing reserved of a new account', reservedConcurrency, scaled([{}], 10), undefined],
  [
    'a function off, of a new account',
    reservedConcurrency,
    scaled([{ reserved: 0 }], 10),
    undefined,
  ],
  ['1 reserved of a new account', reservedConcurrency, scaled([{ reserved: 1 }], 100), 'error'],
  [
    '1 reserved of an account of 101',
    reservedConcurrency,
    scaled([{ reserved: 1 }], 101),
    undefined,
  ],
  ['an account that is a token', reservedConcurrency, scaled([{ reserved: 9999 }]), undefined],
  ['as much provisioned as reserved', provisionedConcurrency, pc(5, 5), undefined],
  ['more provisioned than reserved', provisionedConcurrency, pc(5, 6), 'error'],
  ['scaling up to what is reserved', provisionedConcurrency, pc(5, 1, 5), undefined],
  ['scaling above what is reserved', provisionedConcurrency, pc(5, 1, 6), 'warning'],
  ['provisioned of a function off', provisionedConcurrency, pc(0, 1), 'error'],
  ['max as min', provisionedConcurrency, pc(undefined, 3, 3), undefined],
  ['max below min', provisionedConcurrency, pc(undefined, 3, 2), 'error'],
  ['provisioned, not reserved', provisionedConcurrency, pc(undefined, 3), undefined],
  ['as much reserved as a shard asks for', streamConcurrency, shardOf(10, 10), undefined],
  ['less reserved than a shard asks for', streamConcurrency, shardOf(9, 10), 'warning'],
  ['a stream’s function off', streamConcurrency, shardOf(0, 10), undefined],
  [
    'a stream’s function that reserves nothing',
    streamConcurrency,
    shardOf(undefined, 10),
    undefined,
  ],
  ['no stream', streamConcurrency, shardOf(1, undefined), undefined],
  ['a bound of 40,000 reads', tableThroughput, table({ maxReads: 40_000 }), undefined],
  ['a bound of 40,001 reads', tableThroughput, table({ maxReads: 40_001 }), 'warning'],
  ['a bound of 40,000 writes', tableThroughput, table({ maxWrites: 40_000 }), undefined],
  ['a bound of 40,001 writes', tableThroughput, table({ maxWrites: 40_001 }), 'warning'],
  ['40,000 warm reads', tableThroughput, table({ warmReads: 40_000 }), undefined],
  ['40,001 warm reads', tableThroughput, table({ warmReads: 40_001 }), 'warning'],
  ['40,001 warm writes', tableThroughput, table({ warmWrites: 40_001 }), 'warning'],
  [
    'as warm as its bound',
    tableThroughput,
    table({ maxReads: 13_000, warmReads: 13_000 }),
    undefined,
  ],
  [
    'warmer than its bound',
    tableThroughput,
    table({ maxReads: 13_000, warmReads: 13_001 }),
    'warning',
  ],
  ['10,000 requests a second', httpThrottle, throttle({ rate: 10_000 }), undefined],
  ['10,001 requests a second', httpThrottle, throttle({ rate: 10_001 }), 'warning'],
  ['5,000 requests at once', httpThrottle, throttle({ burst: 5000 }), undefined],
  ['5,001 requests at once', httpThrottle, throttle({ burst: 5001 }), 'warning'],
  [
    'what AWS raised it to',
    httpThrottle,
    throttle({ rate: 20_000 }, { apiRate: 20_000 }),
    undefined,
  ],
  [
    'an account that is a token',
    httpThrottle,
    throttle({ rate: 1e6 }, { apiRate: undefined }),
    undefined,
  ],
  ['a burst below the rate', httpThrottle, throttle({ rate: 100, burst: 1 }), undefined],
  ['less than 1 request a second', httpThrottle, throttle({ rate: 0.1 }), undefined],
  ['no requests a second', httpThrottle, throttle({ rate: 0 }), 'warning'],
  ['no requests at once', httpThrottle, throttle({ burst: 0 }), 'warning'],
];

test.each(LIMITS)('%s', (_name, guard, input, severity) => {
  expect(findingsOf(guard, input).map((finding) => finding.severity)).toEqual(
    severity === undefined ? [] : [severity],
  );
});

test('an app far from every limit has no finding', () => {
  expect(GUARDS.flatMap((guard) => findingsOf(guard, SHARDED))).toEqual([]);
});

test('each guard with a numeric limit names the quota with its source', () => {
  const findings = GUARDS.flatMap((guard) =>
    LIMITS.filter(([, of]) => of === guard)
      .flatMap(([, , input]) => findingsOf(guard, input))
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
    'cdk-serverless-app:api-authorizers',
    'cdk-serverless-app:stage-variables',
    'cdk-serverless-app:http-throttle',
    'cdk-serverless-app:function-policy',
    'cdk-serverless-app:role-policy',
    'cdk-serverless-app:reserved-concurrency',
    'cdk-serverless-app:provisioned-concurrency',
    'cdk-serverless-app:stream-concurrency',
    'cdk-serverless-app:table-throughput',
  ]);
  for (const { message } of findings) {
    expect(message).toMatch(
      /^Test\/App: `[\w.]+` must .+ \(.+: [\d,]+; https:\/\/docs\.aws\.amazon\.com\/.+\), got .*\d.*: [a-z]/,
    );
  }
});

describe('too many resources', () => {
  test('in one stack: the message gives the number of shards', () => {
    const input = { ...stack({ resources: 450 }), functions: functions(90, 5) };

    expect(findingsOf(stackResources, input)[0]?.message).toBe(
      'Test/App: `sharding` must not need more resources than a stack may have (CloudFormation’s quota of resources: 500; ' +
        'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html), got 450 in Test: ' +
        'give the app `sharding`: `Sharding.nestedStacks(2)`, which moves the functions into nested stacks (and so replaces them: docs/sharding.md)',
    );
  });

  test('in a shard: more shards than now', () => {
    const input = { ...shard({ resources: 501 }), functions: functions(400, 5) };

    const [, count] =
      /Sharding\.nestedStacks\((\d+)\)/.exec(findingsOf(stackResources, input)[0]?.message ?? '') ??
      [];

    expect(Number(count)).toBeGreaterThanOrEqual(7);
    expect(Number(count)).toBeLessThanOrEqual(12);
  });

  test('in a shard, though few are needed: one more than now', () => {
    const input = { ...shard({ resources: 410 }), functions: functions(2, 5) };

    expect(findingsOf(stackResources, input)[0]?.message).toContain(
      'raise it to `Sharding.nestedStacks(5)`',
    );
  });

  test('in the own stack of a sharded app: something else fills it', () => {
    const input = { ...SHARDED, stacks: [{ ...STACK, resources: 400 }, SHARD] };

    expect(findingsOf(stackResources, input)[0]?.message).toContain(
      'move something else from that stack',
    );
  });

  test('use the limit of the CDK’s context, and no limit if that is 0', () => {
    expect(findingsOf(stackResources, stack({ resources: 999, resourceLimit: 0 }))).toEqual([]);
    expect(findingsOf(stackResources, stack({ resources: 799, resourceLimit: 1000 }))).toEqual([]);
    expect(findingsOf(stackResources, stack({ resources: 80, resourceLimit: 100 }))).toHaveLength(
      1,
    );
  });

  test('do not add up over all stacks of an app without shards', () => {
    expect(findingsOf(nestedResources, { ...nested(2501), shards: undefined })).toEqual([]);
  });
});

test('shards divide the policy of the schedules’ role', () => {
  const input = { ...FACTS, roles: [{ path: 'Test/App/SchedulerRole', policyBytes: 11_000 }] };

  expect(findingsOf(rolePolicy, input)[0]?.message).toContain(
    '`functions` must not need longer inline policies than a role may have',
  );
  expect(findingsOf(rolePolicy, input)[0]?.message).toContain(
    'use `Sharding.nestedStacks(2)`, which gives each stack',
  );
});

describe('too much reserved concurrency', () => {
  test('the message names the greatest reservations, and how to raise the account’s limit', () => {
    expect(findingsOf(reservedConcurrency, reserved(100, 500, 200, 50, 60))[0]?.message).toBe(
      'Test/App: `functions` must leave 100 of the account’s concurrent executions unreserved ' +
        '(Lambda’s quota of concurrent executions per account and region: 1,000; ' +
        'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), ' +
        'got 910 reserved or provisioned by F1 500, F2 200, F0 100, 2 more: ' +
        'reserve and provision less, or have AWS raise the quota and declare it with `scaling: { concurrencyLimit: … }`',
    );
  });

  test('an account with a higher limit is asked to raise it further', () => {
    expect(findingsOf(reservedConcurrency, scaled([{ reserved: 2900 }], 3000))).toEqual([]);
    expect(findingsOf(reservedConcurrency, scaled([{ reserved: 2901 }], 3000))).toHaveLength(1);
  });
});

test('the finding about provisioned concurrency of a disabled function names the switch', () => {
  expect(findingsOf(provisionedConcurrency, pc(0, 1))[0]?.message).toContain(
    '`functions.F0.coldStart` must not provision more than the function reserves',
  );
  expect(findingsOf(provisionedConcurrency, pc(0, 1))[0]?.message).toContain('remove `disabled`');
});

test('the finding about a closed route names the route’s own path', () => {
  const input = throttle({ prop: 'functions.Resize.throttle', burst: 0 });

  expect(findingsOf(httpThrottle, input)[0]?.message).toContain(
    '`functions.Resize.throttle.burstLimit` must',
  );
});
