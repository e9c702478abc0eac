import { Duration, Lazy, Size, Token } from 'aws-cdk-lib';
import { PropCheck } from '../../lib/props/prop-check';
import {
  ANYTHING,
  checkKind,
  checkShape,
  DATE,
  DURATION,
  FLAG,
  FULL_TEXT,
  isText,
  Kind,
  KNOWN_TEXT,
  listOf,
  madeBy,
  mapOf,
  NUMBER,
  oneOf,
  required,
  SIZE,
  struct,
  TEXT,
  textOf,
} from '../../lib/props/shape';

const check = new PropCheck('Test/App', 'functions.F');
const token = Lazy.string({ produce: () => '' });
const HALF_AN_EMOJI = '😀'.slice(0, 1);

const givenAs = (kind: Kind, value: unknown) => (): void => {
  checkKind(value, 'x', kind, check);
};
const shaped = (options: unknown, prop?: string) => (): void => {
  checkShape(options, { a: TEXT, b: required(NUMBER) }, check, prop);
};

const NAME = textOf(2, 4, { what: 'small letters', fits: /^[a-z]*$/ });
const COLOR = oneOf('Color', () => ({ RED: 'red', BLUE: 'blue' }));
const MADE = madeBy('a thing', 'make one', 'bind');

test.each<[string, Kind, unknown]>([
  ['text', TEXT, ''],
  ['text with an emoji', TEXT, 'a😀'],
  ['text that is a token', TEXT, token],
  ['full text', FULL_TEXT, ' '],
  ['full text that is a token', FULL_TEXT, token],
  ['text of the least length', NAME, 'ab'],
  ['text of the greatest length', NAME, 'abcd'],
  ['text of a form that is a token', NAME, token],
  ['known text', KNOWN_TEXT, 'a'],
  ['a number', NUMBER, 0],
  ['no number, which a range is to refuse', NUMBER, Number.NaN],
  ['a flag', FLAG, false],
  ['a size', SIZE, Size.mebibytes(1)],
  ['a duration', DURATION, Duration.seconds(1)],
  ['a duration of another copy of the CDK', DURATION, { toMilliseconds: () => 1 }],
  ['a date', DATE, new Date(0)],
  ['anything', ANYTHING, null],
  ['a value of an enum', COLOR, 'blue'],
  ['a thing', MADE, { bind: undefined }],
  ['an empty list', listOf(TEXT), []],
  ['a list', listOf(TEXT), ['a', 'b']],
  ['a list that is a token', listOf(NUMBER), Token.asList({})],
  ['a map', mapOf(TEXT), { a: 'b', c: undefined }],
  ['a struct', struct({ a: TEXT }), { a: 'b', other: 1 }],
])('%s is accepted', (_name, kind, value) => {
  expect(givenAs(kind, value)).not.toThrow();
  expect(givenAs(required(kind), value)).not.toThrow();
});

test.each<[string, Kind, unknown, string]>([
  ['a number', TEXT, 1, 'must be text, got 1: give a string; a Token by `Token.asString`'],
  ['half an emoji', TEXT, HALF_AN_EMOJI, 'must be text, got '],
  ['empty text', FULL_TEXT, '', 'must be text that is not empty, got "": give a string'],
  ['null', FULL_TEXT, null, 'must be text that is not empty, got null'],
  ['too short a text', NAME, 'a', 'must be text of 2 to 4 characters, small letters, got "a"'],
  ['too long a text', NAME, 'abcde', 'must be text of 2 to 4 characters, small letters, got '],
  ['text of another form', NAME, 'aBc', 'must be text of 2 to 4 characters, small letters, got '],
  ['a list as text', NAME, ['abc'], 'must be text of 2 to 4 characters, small letters, got a list'],
  ['a token', KNOWN_TEXT, token, 'must be text that is known at synthesis, got a token: give a'],
  ['a flag', KNOWN_TEXT, true, 'must be text that is known at synthesis, got true'],
  ['digits', NUMBER, '1', 'must be a number, got "1": give a number; a Token by `Token.asNumber`'],
  ['a word', FLAG, 'true', 'must be true or false, got "true": give one of them'],
  ['null', FLAG, null, 'must be true or false, got null: give one of them'],
  ['megabytes', SIZE, 512, 'must be a Size, got 512: write for example `Size.mebibytes(512)`'],
  ['seconds', DURATION, 5, 'must be a Duration, got 5: write for example `Duration.minutes(5)`'],
  ['null', DURATION, null, 'must be a Duration, got null'],
  ['a date that does not exist', DATE, new Date('?'), 'must be a date that exists, got Invalid'],
  ['the text of a date', DATE, '2030-01-31', 'must be a date that exists, got "2030-01-31"'],
  ['an object that is no date', DATE, {}, 'must be a date that exists, got an object: write for'],
  ['null', DATE, null, 'must be a date that exists, got null'],
  ['a name of an enum', COLOR, 'RED', 'must be one of red, blue, got "RED": use `Color`'],
  ['an object without the member', MADE, {}, 'must be a thing, got an object: make one'],
  ['a function', MADE, () => 1, 'must be a thing, got a function: make one'],
  ['one item alone', listOf(TEXT), 'a', 'must be a list, got "a": put it into `[ … ]`'],
  ['a list', mapOf(TEXT), [], 'must be an object with a value for each name, got an empty list'],
  ['null', mapOf(TEXT), null, 'must be an object with a value for each name, got null: write for'],
  ['a list', struct({}), ['a'], 'must be an object with options, got a list: write for example'],
  ['null', struct({}), null, 'must be an object with options, got null: write for example `{ … }`'],
])('fails for %s', (_name, kind, value, text) => {
  expect(givenAs(kind, value)).toThrow(`Test/App: \`functions.F.x\` ${text}`);
});

test('a list, a map and a struct that are made for one prop accept what they are for', () => {
  expect(givenAs(listOf(TEXT), ['a'])).not.toThrow();
  expect(givenAs(mapOf(TEXT), { A: 'a' })).not.toThrow();
  expect(givenAs(struct({ a: TEXT }), { a: 'a' })).not.toThrow();
});

describe('what is left out', () => {
  test('is accepted where it is optional, and the remedy says so', () => {
    expect(givenAs(TEXT, undefined)).not.toThrow();
    expect(givenAs(TEXT, 1)).toThrow(/by `Token\.asString`, or leave it out$/);
  });

  test('fails where it is required, and the remedy does not offer it', () => {
    expect(givenAs(required(TEXT), undefined)).toThrow(
      /`functions\.F\.x` must be text, got undefined: give a string; a Token by `Token\.asString`$/,
    );
  });

  test('leaves the kind itself optional', () => {
    required(TEXT);

    expect(givenAs(TEXT, undefined)).not.toThrow();
  });
});

describe('what is inside', () => {
  test.each<[string, Kind, unknown, string]>([
    ['an item of a list', listOf(TEXT), ['a', 1], 'x[1]` must be text, got 1'],
    ['a hole in a list', listOf(TEXT), [undefined], 'x[0]` must be text, got undefined'],
    ['a value of a map', mapOf(TEXT), { A: 'a', B: 2 }, 'x.B` must be text, got 2'],
    ['an option of a struct', struct({ a: TEXT }), { a: 3 }, 'x.a` must be text, got 3'],
    [
      'an option of a struct in a list',
      listOf(struct({ a: required(TEXT) })),
      [{}],
      'x[0].a` must be text, got undefined',
    ],
  ])('fails with its path: %s', (_name, kind, value, text) => {
    expect(givenAs(kind, value)).toThrow(`\`functions.F.${text}`);
  });
});

describe('options', () => {
  test('are looked at by name, and only those that the shape has', () => {
    expect(shaped({ a: 'a', b: 1, c: {} })).not.toThrow();
  });

  test.each([
    [{ b: '1' }, '`functions.F.b` must be a number, got "1"'],
    [{ a: 'a' }, '`functions.F.b` must be a number, got undefined'],
    [null, '`functions.F` must be an object with options, got null: write for example `{ … }`'],
    [undefined, '`functions.F` must be an object with options, got undefined'],
    ['a', '`functions.F` must be an object with options, got "a"'],
    [[], '`functions.F` must be an object with options, got an empty list'],
  ])('fail where they are %j', (options, text) => {
    expect(shaped(options)).toThrow(`Test/App: ${text}`);
  });

  test('have the path of the prop that they are of', () => {
    expect(shaped({ a: 1, b: 1 }, 'http')).toThrow('`functions.F.http.a` must be text, got 1');
    expect(shaped(5, 'http')).toThrow('`functions.F.http` must be an object with options, got 5');
  });
});

test('the remedy for what is no struct, or no list, is how to write one', () => {
  expect(givenAs(struct({}), [])).toThrow(/: write for example `\{ … \}`, or leave it out$/);
  expect(givenAs(required(struct({})), 'a')).toThrow(/: write for example `\{ … \}`$/);
  expect(givenAs(required(listOf(TEXT)), 'a')).toThrow(/: put it into `\[ … \]`$/);
});

test.each([
  ['', true],
  ['łódź 😀', true],
  [HALF_AN_EMOJI, false],
  [`a${'😀'.slice(1)}b`, false],
  [null, false],
  [1, false],
])('whether %j is text: %p', (value, expected) => {
  expect(isText(value)).toBe(expected);
});
