import { synthesisError } from '../../../bin/dev/synthesis-error';

const PROJECT = '/work/shop';

test('an error that the app throws is shown at its place in the project', () => {
  const output = [
    '/work/shop/lib/stack.ts:12',
    "    throw new Error('`memorySize` must be at least 128, got 64');",
    '          ^',
    '',
    'Error: `memorySize` must be at least 128, got 64',
    '    at check (/work/shop/node_modules/cdk-serverless-app/dist/index.js:1:200)',
    '    at new ShopStack (/work/shop/lib/stack.ts:12:11)',
    '    at Object.<anonymous> (/work/shop/bin/app.ts:5:1)',
    '    at node:internal/main/run_main_module:23:47',
    'Node.js v22.1.0',
    'Subprocess exited with error 1',
  ].join('\n');

  expect(synthesisError(output, PROJECT)).toBe(
    'lib/stack.ts:12:11: `memorySize` must be at least 128, got 64',
  );
});

test('a syntax error is shown at its place', () => {
  const output = [
    'node:internal/process/esm_loader:97',
    'Error: Transform failed with 1 error:',
    '/work/shop/app.ts:3:14: ERROR: Unexpected ";"',
    '    at failureErrorWithLog (/work/shop/node_modules/esbuild/lib/main.js:1467:15)',
  ].join('\n');

  expect(synthesisError(output, PROJECT)).toMatch(/^app\.ts:3:14: /);
});

test('an error of which no place in the project is known is shown as it is', () => {
  expect(synthesisError('sh: 1: tsx: not found\nSubprocess exited with error 127', PROJECT)).toBe(
    'sh: 1: tsx: not found',
  );
});

test('a file outside of the project is no place', () => {
  const output = 'Error: no\n    at x (/work/other/app.ts:1:2)';

  expect(synthesisError(output, PROJECT)).not.toContain('app.ts:1:2: ');
});
