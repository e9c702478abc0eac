import { ServerlessApp } from 'cdk-serverless-app';
import { APP_PROPS } from '../../lib/app/app-prop-set';
import { validateNotEmpty } from '../../lib/app/app-rules';
import { checkProps } from '../../lib/props/check-props';
import { PropCheck } from '../../lib/props/prop-check';

const check = new PropCheck('Test/App', '');

test.each<[string, object, string]>([
  [
    'another stage',
    { stage: 'prod' },
    '`stage` must be one of production, development, got "prod"',
  ],
  [
    'a number of shards',
    { sharding: 4 },
    '`sharding` must be a Sharding, got 4: write for example',
  ],
  ['no sharding', { sharding: null }, '`sharding` must be a Sharding, got null'],
  ['an empty sharding', { sharding: {} }, '`sharding` must be a Sharding, got an object'],
  [
    'an amount',
    { budget: 200 },
    '`budget` must be a Budget, got 200: write for example `Budget.monthly(200)`',
  ],
  [
    'no concurrency',
    { scaling: { concurrencyLimit: 0 } },
    '`scaling.concurrencyLimit` must be a whole number not below 1 concurrent executions, got 0',
  ],
  [
    'no requests',
    { scaling: { apiRateLimit: 0 } },
    '`scaling.apiRateLimit` must be a whole number not below 1 requests a second, got 0',
  ],
  [
    'no burst',
    { scaling: { apiBurstLimit: 0 } },
    '`scaling.apiBurstLimit` must be a whole number not below 1 requests, got 0',
  ],
  [
    'memory for all functions',
    { functionDefaults: { memorySize: 1 } },
    '`functionDefaults.memorySize` must be a whole number from 128 to 10240 MB, got 1',
  ],
])('fails for %s', (_, props, message) => {
  expect(() => {
    checkProps(props, APP_PROPS, check);
  }).toThrow(`Test/App: ${message}`);
});

test('an app has at least one function', () => {
  const appOf = (functions: unknown[]): ServerlessApp =>
    ({ functions, _check: check }) as unknown as ServerlessApp;

  expect(validateNotEmpty(appOf([{}]))).toEqual([]);
  expect(validateNotEmpty(appOf([]))).toEqual([
    'Test/App: `functions` must have at least one function, got none: add one with `onRequest`, `onSchedule` or `addFunction`',
  ]);
});
