import { didYouMean, nearest, similar } from '../../lib/props/nearest';

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

test('the positions of letters count, not their number', () => {
  expect(nearest('abcd', ['dcba', 'abc'])).toBe('abc');
  expect(nearest('abcd', ['xxxx', 'abcdefg'])).toBe('abcdefg');
  expect(nearest('ab', ['abcde', 'ba'])).toBe('ba');
});

test.each([
  ['memorysize', ['memory', 'memorySize'], 'memorySize'], // another case
  ['stream', ['sortKey', 'replicas', 'dynamoStream'], 'dynamoStream'], // a part of the name
  ['clean', ['close', 'cleanCache'], 'cleanCache'],
  ['logs', ['lags', 'showLogs'], 'lags'], // a typo goes before a part
  ['a', ['b', 'abcdef'], 'b'], // one letter is part of too many
])('%j of %j is nearest to %j', (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected);
});

test('the first of two equally near words is chosen', () => {
  expect(nearest('b', ['a', 'c'])).toBe('a');
  expect(nearest('', ['bb', 'aa'])).toBe('bb');
});

test('an empty list has no nearest word', () => {
  expect(nearest('a', [])).toBeUndefined();
});

test('the list of known words is not changed', () => {
  const known = ['z', 'a'];

  nearest('a', known);

  expect(known).toEqual(['z', 'a']);
});

test.each([
  ['estmate', COMMANDS, 'estimate'],
  ['ost', COMMANDS, 'cost'],
  ['stream', ['sortKey', 'dynamoStream'], 'dynamoStream'],
  ['request', ['freeTier', 'usage'], undefined],
  ['toString', ['stream-readers', 'told'], undefined],
  ['xy', ['ab'], undefined], // two of two letters
  ['a', ['b'], 'b'],
  ['abcde', ['abcxy'], 'abcxy'], // two of five
  ['abcd', ['abxy'], undefined], // two of four
  ['', ['abc'], undefined],
  ['a', [], undefined],
])('of %j and %j, %j is similar', (word, known, expected) => {
  expect(similar(word, known)).toBe(expected);
});

test('an error asks for a similar word, and otherwise gives another remedy', () => {
  expect(didYouMean('lgs', COMMANDS, 'see the list')).toBe('did you mean `logs`?');
  expect(didYouMean('toString', COMMANDS, 'see the list')).toBe('see the list');
});
