import type { AppContext } from '../../lib/core/app-context';
import { PropCheck } from '../../lib/props/prop-check';
import { validateNotEmpty } from '../../lib/synthesis/validate-not-empty';

test('an app must have at least one function', () => {
  const contextOf = (functions: unknown[]): AppContext =>
    ({ functions, check: new PropCheck('Test/App', '') }) as unknown as AppContext;

  expect(validateNotEmpty(contextOf([{}]))).toEqual([]);
  expect(validateNotEmpty(contextOf([]))).toEqual([
    'Test/App: `functions` must have at least one function, got none: add one with `onRequest`, `onSchedule` or `addFunction`',
  ]);
});
