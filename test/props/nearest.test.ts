import { nearest } from '../../lib/props/nearest';

const COMMANDS = ['estimate', 'doctor', 'logs', 'cost'];

test.each([
  ['estmate', 'estimate'], // a letter is missing
  ['dokctor', 'doctor'], // one too many
  ['lags', 'logs'], // another one
  ['lo', 'logs'],
  ['xcost', 'cost'],
  ['ost', 'cost'],
  ['costs', 'cost'],
  ['estimate', 'estimate'],
])('%j is nearest to %j', (word, expected) => {
  expect(nearest(word, COMMANDS)).toBe(expected);
});

test('letters at the same place count, and not how many there are', () => {
  expect(nearest('abcd', ['dcba', 'abc'])).toBe('abc');
  expect(nearest('abcd', ['xxxx', 'abcdefg'])).toBe('abcdefg');
  expect(nearest('ab', ['abcde', 'ba'])).toBe('ba');
});

test('of two that are equally near the first counts', () => {
  expect(nearest('b', ['a', 'c'])).toBe('a');
  expect(nearest('', ['bb', 'aa'])).toBe('bb');
});

test('nothing is nearest to a word where nothing is known', () => {
  expect(nearest('a', [])).toBeUndefined();
});

test('the list of known words stays as it is', () => {
  const known = ['z', 'a'];

  nearest('a', known);

  expect(known).toEqual(['z', 'a']);
});
