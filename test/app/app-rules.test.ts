import { requireSharding, requireStage } from '../../lib/app/app-rules';
import type { AppContext } from '../../lib/core/app-context';
import { requireBudget } from '../../lib/monitoring/budget';
import { validateNotEmpty } from '../../lib/synthesis/validate-not-empty';
import { PropCheck } from '../../lib/props/prop-check';
import { AppStage, Budget, Sharding } from 'cdk-serverless-app';

const check = new PropCheck('Test/App', '');

test.each([AppStage.PRODUCTION, AppStage.DEVELOPMENT])('%s is a stage', (stage) => {
  expect(requireStage(stage, check) === stage).toBe(true);
});

test.each<[unknown, string]>([
  ['prod', '"prod"'],
  [undefined, 'undefined'],
])('fails for the stage %p', (stage, got) => {
  expect(() => requireStage(stage as AppStage, check)).toThrow(
    `Test/App: \`stage\` must be one of ${AppStage.PRODUCTION}, ${AppStage.DEVELOPMENT}, got ${got}: use \`AppStage\``,
  );
});

test('sharding is one, or is left out', () => {
  const sharding = Sharding.nestedStacks(4);

  expect(requireSharding(sharding, check)).toBe(sharding);
  expect(requireSharding(undefined, check)).toBeUndefined();
});

test.each([4, null, {}])('fails for the sharding %p', (sharding) => {
  expect(() => requireSharding(sharding as Sharding, check)).toThrow(
    'Test/App: `sharding` must be a Sharding, got',
  );
});

test('a budget is one', () => {
  const budget = Budget.monthly(200);

  expect(requireBudget(budget, check)).toBe(budget);
  expect(() => requireBudget(200 as unknown as Budget, check)).toThrow(
    'Test/App: `budget` must be a Budget, got 200: write for example `Budget.monthly(200)`',
  );
});

test('an app has at least one function', () => {
  const contextOf = (functions: unknown[]): AppContext =>
    ({ functions, check }) as unknown as AppContext;

  expect(validateNotEmpty(contextOf([{}]))).toEqual([]);
  expect(validateNotEmpty(contextOf([]))).toEqual([
    'Test/App: `functions` must have at least one function, got none: add one with `onRequest`, `onSchedule` or `addFunction`',
  ]);
});
