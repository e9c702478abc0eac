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

  expect(synthesisError(output, PROJECT)).toBe('app.ts:3:14: Unexpected ";"');
});

test('an error of Node.js itself, which tells no column', () => {
  const output = [
    'node:internal/modules/run_main:107',
    '    triggerUncaughtException(',
    '    ^',
    'file:///work/shop/app.ts:15',
    'const broken = ;',
    '               ^',
    'SyntaxError [ERR_INVALID_TYPESCRIPT_SYNTAX]: Expression expected',
    '    at parseTypeScript (node:internal/modules/typescript:68:40) {',
    "  code: 'ERR_INVALID_TYPESCRIPT_SYNTAX'",
    '}',
    'Node.js v24.21.0',
    'node app.ts: Subprocess exited with error 1',
  ].join('\n');

  expect(synthesisError(output, PROJECT)).toBe(
    'app.ts:15: SyntaxError [ERR_INVALID_TYPESCRIPT_SYNTAX]: Expression expected',
  );
});

test('a module that is not found names who asks for it', () => {
  const output = [
    'node:internal/modules/esm/resolve:272',
    '    throw new ERR_MODULE_NOT_FOUND(',
    '          ^',
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/work/shop/greeting' imported from /work/shop/app.ts",
    '    at finalizeResolution (node:internal/modules/esm/resolve:272:11) {',
    "  code: 'ERR_MODULE_NOT_FOUND',",
    "  url: 'file:///work/shop/greeting'",
    '}',
    'node app.ts: Subprocess exited with error 1',
  ].join('\n');

  expect(synthesisError(output, PROJECT)).toBe(
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'greeting' imported from app.ts",
  );
});

test('the source line that throws is not the message', () => {
  const output = [
    '/work/lib/props/prop-check.ts:52',
    '    return new PropError(`${this.owner}: ${rule}, got ${format(got)}: ${remedy}`);',
    '           ^',
    'PropError: App: `entry` must name a file: correct it',
    '    at PropCheck.error (/work/lib/props/prop-check.ts:52:12)',
    '    at file:///work/shop/app.ts:16:5',
  ].join('\n');

  expect(synthesisError(output, PROJECT)).toBe(
    'app.ts:16:5: PropError: App: `entry` must name a file: correct it',
  );
});

test.each(['/work/mein Prøjekt ü/lib/a.ts', 'file:///work/mein%20Pr%C3%B8jekt%20%C3%BC/lib/a.ts'])(
  'a place in a folder with spaces and other characters: %s',
  (file) => {
    const output = `Error: no\n    at new Shop (${file}:1:2)\n    at ${file}:3:4`;

    expect(synthesisError(output, '/work/mein Prøjekt ü')).toBe('lib/a.ts:1:2: no');
  },
);

test('a warning of the app before the error is not the message', () => {
  const output = [
    '[Warning at /Shop/Orders] Error: is a word in this warning [ack: x]',
    '(node:12) Warning: Setting the NODE_TLS_REJECT_UNAUTHORIZED Error: no',
    'TypeError: no such table',
    '    at /work/shop/app.ts:2:3',
  ].join('\n');

  expect(synthesisError(output, PROJECT)).toBe('app.ts:2:3: TypeError: no such table');
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
