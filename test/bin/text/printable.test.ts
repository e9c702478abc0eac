import { guarded, printable } from '../../../bin/text/printable';

const ESC = '\u001b';

test.each([
  ['a title', `${ESC}]0;pwned\u0007`, '\\u001b]0;pwned\\u0007'],
  ['the clipboard', `${ESC}]52;c;aGk=${ESC}\\`, '\\u001b]52;c;aGk=\\u001b\\'],
  ['a C1 sequence', '\u009b2J', '\\u009b2J'],
  ['a carriage return', 'safe\rEVIL', 'safe\\u000dEVIL'],
  ['reversed text', 'a\u202eb', 'a\\u202eb'],
  ['letters, tabs and lines', 'żółć\t✗\n', 'żółć\t✗\n'],
])('%s is shown, not obeyed', (_what, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('JSON reads a neutralised character as the same character', () => {
  const value = { message: `\u009b2J ${ESC}[2J \u007f` };

  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
});

test('our own colours pass where there are colours, and nothing else does', () => {
  expect(guarded(`${ESC}[31mred${ESC}[39m${ESC}[2J`, true)).toBe(
    `${ESC}[31mred${ESC}[39m\\u001b[2J`,
  );
  expect(guarded(`${ESC}[31mred`, false)).toBe('\\u001b[31mred');
});
