import { Duration, Lazy, Size, Token } from 'aws-cdk-lib';
import { checkProp, checkProps } from '../../lib/props/check-props';
import {
  anyDuration,
  anything,
  date,
  duration,
  flag,
  fraction,
  fullText,
  instance,
  integer,
  isText,
  knownNumber,
  knownText,
  listOf,
  mapOf,
  number,
  oneOf,
  size,
  struct,
  text,
  textOf,
} from '../../lib/props/kinds';
import type { Prop } from '../../lib/props/prop';
import { PropCheck } from '../../lib/props/prop-check';
import { propsOf } from '../../lib/props/prop-set';

const check = new PropCheck('Test/App', 'functions.F');
const token = Lazy.string({ produce: () => '' });
const HALF_AN_EMOJI = '😀'.slice(0, 1);

const A = propsOf<{ readonly a?: string }>()({ a: text() });
const A_REQUIRED = propsOf<{ readonly a: string }>()({ a: text().required() });
const AB = propsOf<{ readonly a?: string; readonly b: number }>()({
  a: text(),
  b: number().required(),
});
const EMPTY = propsOf<object>()({});

const givenAs = (kind: Prop, value: unknown) => (): void => {
  checkProp(value, 'x', kind, check);
};
const shaped = (options: unknown, prop?: string) => (): void => {
  checkProps(options, AB, check, prop);
};

const NAME = textOf(2, 4, { what: 'small letters', fits: /^[a-z]*$/ });
const COLOR = oneOf('Color', () => ({ RED: 'red', BLUE: 'blue' }));
const MADE = instance('a thing', 'make one', 'bind');

test.each<[string, Prop, unknown]>([
  ['text', text(), ''],
  ['text with an emoji', text(), 'a😀'],
  ['text that is a token', text(), token],
  ['full text', fullText(), ' '],
  ['full text that is a token', fullText(), token],
  ['text of the least length', NAME, 'ab'],
  ['text of the greatest length', NAME, 'abcd'],
  ['text of a form that is a token', NAME, token],
  ['known text', knownText(), 'a'],
  ['a number', number(), 0],
  ['the least whole number', integer(1, 5), 1],
  ['the greatest whole number', integer(1, 5), 5],
  ['a whole number without an upper end', integer(1), 1e9],
  ['a whole number that is a token', integer(1), Lazy.number({ produce: () => 0 })],
  ['the least fraction', fraction(0.1, 0.9), 0.1],
  ['the greatest fraction', fraction(0.1, 0.9), 0.9],
  ['a fraction that is a token', fraction(0, 1), Lazy.number({ produce: () => 2 })],
  ['the shortest duration', duration(1, 60), Duration.seconds(1)],
  ['the longest duration', duration(1, 60), Duration.minutes(1)],
  [
    'a duration that is a token',
    duration(1, 2),
    Duration.seconds(Lazy.number({ produce: () => 0 })),
  ],
  ['a known number', knownNumber(0), 0],
  ['the least size', size(512, 1024), Size.mebibytes(512)],
  ['the greatest size', size(512, 1024), Size.gibibytes(1)],
  ['a size that is a token', size(512, 1024), Size.mebibytes(Lazy.number({ produce: () => 1 }))],
  ['a list of the greatest length', listOf(text(), { min: 1, max: 2 }), ['a', 'b']],
  ['no number, which a range is to refuse', number(), Number.NaN],
  ['a flag', flag(), false],
  ['a size', size(1, 10_240), Size.mebibytes(1)],
  ['a duration', anyDuration(), Duration.seconds(1)],
  ['a duration of another copy of the CDK', anyDuration(), { toMilliseconds: () => 1 }],
  ['a date', date(), new Date(0)],
  ['anything', anything(), null],
  ['a value of an enum', COLOR, 'blue'],
  ['a thing', MADE, { bind: undefined }],
  ['an empty list', listOf(text()), []],
  ['a list', listOf(text()), ['a', 'b']],
  ['a list that is a token', listOf(number()), Token.asList({})],
  ['a map', mapOf(text()), { a: 'b', c: undefined }],
  ['a struct', struct(A), { a: 'b' }],
])('%s is accepted', (_name, kind, value) => {
  expect(givenAs(kind, value)).not.toThrow();
  expect(givenAs(kind.required(), value)).not.toThrow();
});

test.each<[string, Prop, unknown, string]>([
  ['a number', text(), 1, 'must be text, got 1: give a string, or a Token from `Token.asString`'],
  ['half an emoji', text(), HALF_AN_EMOJI, 'must be text, got '],
  ['empty text', fullText(), '', 'must be non-empty text, got "": give a string'],
  ['null', fullText(), null, 'must be non-empty text, got null'],
  ['too short a text', NAME, 'a', 'must be text of 2 to 4 characters, small letters, got "a"'],
  ['too long a text', NAME, 'abcde', 'must be text of 2 to 4 characters, small letters, got '],
  ['text of another form', NAME, 'aBc', 'must be text of 2 to 4 characters, small letters, got '],
  ['a list as text', NAME, ['abc'], 'must be text of 2 to 4 characters, small letters, got a list'],
  ['a token', knownText(), token, 'must be text that is known at synthesis, got a token: give a'],
  [
    'half a number',
    integer(1, 5),
    1.5,
    'must be a whole number from 1 to 5, got 1.5: give a value',
  ],
  ['too small a number', integer(1, 5, 'MB'), 0, 'must be a whole number from 1 to 5 MB, got 0'],
  ['too great a number', integer(1, 5, 'MB'), 6, 'must be a whole number from 1 to 5 MB, got 6'],
  ['a number below the end', integer(1), 0, 'must be a whole number not below 1, got 0'],
  [
    'a number with a custom rule',
    integer(1, 5, 'MB', { rule: 'right', remedy: 'mend it' }),
    0,
    'must be right, got 0: mend it',
  ],
  ['too small a fraction', fraction(0.1, 0.9), 0.09, 'must be a number from 0.1 to 0.9, got 0.09'],
  ['too great a fraction', fraction(0, 1, 'r/s'), 1.1, 'must be a number from 0 to 1 r/s, got 1.1'],
  [
    'too short a duration',
    duration(1, 60),
    Duration.seconds(0),
    'must be whole seconds from 1 sec',
  ],
  ['too long a duration', duration(1, 60), Duration.seconds(61), 'must be whole seconds from 1 se'],
  [
    'an unknown number',
    knownNumber(0),
    Lazy.number({ produce: () => 1 }),
    'must be a known number',
  ],
  ['a known number below', knownNumber(0), -1, 'must be a known number, not below 0, got -1: give'],
  ['an endless number', knownNumber(0), Infinity, 'must be a known number, not below 0, got Infi'],
  ['too small a size', size(512, 1024), Size.mebibytes(511), 'must be a whole number from 512 to'],
  ['too great a size', size(512, 1024), Size.mebibytes(1025), 'must be a whole number from 512 to'],
  ['a part of a size', size(512, 1024), Size.kibibytes(600_000), 'must be a whole number from 512'],
  ['a flag', knownText(), true, 'must be text that is known at synthesis, got true'],
  [
    'digits',
    number(),
    '1',
    'must be a number, got "1": give a number, or a Token from `Token.asNumber`',
  ],
  ['a word', flag(), 'true', 'must be true or false, got "true": give one of them'],
  ['null', flag(), null, 'must be true or false, got null: give one of them'],
  [
    'megabytes',
    size(1, 10_240),
    512,
    'must be a Size, got 512: write, for example, `Size.mebibytes(512)`',
  ],
  [
    'seconds',
    anyDuration(),
    5,
    'must be a Duration, got 5: write, for example, `Duration.minutes(5)`',
  ],
  ['null', anyDuration(), null, 'must be a Duration, got null'],
  ['a date that does not exist', date(), new Date('?'), 'must be a date that exists, got Invalid'],
  ['the text of a date', date(), '2030-01-31', 'must be a date that exists, got "2030-01-31"'],
  [
    'an object that is no date',
    date(),
    {},
    'must be a date that exists, got an object: write, for',
  ],
  ['null', date(), null, 'must be a date that exists, got null'],
  ['a name of an enum', COLOR, 'RED', 'must be one of red, blue, got "RED": use `Color`'],
  ['an object without the member', MADE, {}, 'must be a thing, got an object: make one'],
  ['a function', MADE, () => 1, 'must be a thing, got a function: make one'],
  ['one item alone', listOf(text()), 'a', 'must be a list, got "a": wrap it in `[ … ]`'],
  ['a list', mapOf(text()), [], 'must be an object with a value for each name, got an empty list'],
  [
    'null',
    mapOf(text()),
    null,
    'must be an object with a value for each name, got null: write, for',
  ],
  [
    'a list',
    struct(EMPTY),
    ['a'],
    'must be an object with options, got a list: write, for example,',
  ],
  [
    'null',
    struct(EMPTY),
    null,
    'must be an object with options, got null: write, for example, `{ … }`',
  ],
])('fails for %s', (_name, kind, value, text) => {
  expect(givenAs(kind, value)).toThrow(`Test/App: \`functions.F.x\` ${text}`);
});

test('a list, a map and a struct made for one prop accept matching values', () => {
  expect(givenAs(listOf(text()), ['a'])).not.toThrow();
  expect(givenAs(mapOf(text()), { A: 'a' })).not.toThrow();
  expect(givenAs(struct(A), { a: 'a' })).not.toThrow();
});

describe('an omitted prop', () => {
  test('is accepted if it is optional, and the remedy mentions that', () => {
    expect(givenAs(text(), undefined)).not.toThrow();
    expect(givenAs(text(), 1)).toThrow(/from `Token\.asString`, or leave it out$/);
  });

  test('fails if it is required, and the remedy does not suggest omitting it', () => {
    expect(givenAs(text().required(), undefined)).toThrow(
      /`functions\.F\.x` must be text, got undefined: give a string, or a Token from `Token\.asString`$/,
    );
  });

  test('leaves the kind itself optional', () => {
    text().required();

    expect(givenAs(text(), undefined)).not.toThrow();
  });
});

test.each<[string, Prop]>([
  ['a whole number', integer(1)],
  ['a fraction', fraction(0, 1)],
  ['a duration', duration(1, 2)],
  ['a size', size(1, 2)],
  ['a list', listOf(text(), { min: 1 })],
  ['a value of an enum', COLOR],
  ['anything', anything()],
])('a required %s fails if it is omitted', (_name, prop) => {
  expect(givenAs(prop.required(), undefined)).toThrow(
    /`functions\.F\.x` must be .+, got undefined: .+/,
  );
  expect(givenAs(prop, undefined)).not.toThrow();
});

test('a list of a declared length fails if it is shorter or longer', () => {
  const list = listOf(text(), { min: 1, max: 2, unit: 'filters' });

  expect(givenAs(list, [])).toThrow(
    '`functions.F.x.length` must be a whole number from 1 to 2 filters, got 0',
  );
  expect(givenAs(list, ['a', 'b', 'c'])).toThrow('got 3');
});

describe('a nested value', () => {
  test.each<[string, Prop, unknown, string]>([
    ['an item of a list', listOf(text()), ['a', 1], 'x[1]` must be text, got 1'],
    ['a hole in a list', listOf(text()), [undefined], 'x[0]` must be text, got undefined'],
    ['a value of a map', mapOf(text()), { A: 'a', B: 2 }, 'x.B` must be text, got 2'],
    ['an option of a struct', struct(A), { a: 3 }, 'x.a` must be text, got 3'],
    [
      'an option of a struct in a list',
      listOf(struct(A_REQUIRED)),
      [{}],
      'x[0].a` must be text, got undefined',
    ],
  ])('fails with its path: %s', (_name, kind, value, text) => {
    expect(givenAs(kind, value)).toThrow(`\`functions.F.${text}`);
  });
});

describe('options', () => {
  test('are checked by name', () => {
    expect(shaped({ a: 'a', b: 1 })).not.toThrow();
    expect(shaped({ a: 'a', b: 1, c: {} })).toThrow(
      '`functions.F.c` must be an option that exists',
    );
  });

  test.each([
    [{ b: '1' }, '`functions.F.b` must be a number, got "1"'],
    [{ a: 'a' }, '`functions.F.b` must be a number, got undefined'],
    [null, '`functions.F` must be an object with options, got null: write, for example, `{ … }`'],
    [undefined, '`functions.F` must be an object with options, got undefined'],
    ['a', '`functions.F` must be an object with options, got "a"'],
    [[], '`functions.F` must be an object with options, got an empty list'],
  ])('fail where they are %j', (options, text) => {
    expect(shaped(options)).toThrow(`Test/App: ${text}`);
  });

  test('have the path of the prop that they belong to', () => {
    expect(shaped({ a: 1, b: 1 }, 'http')).toThrow('`functions.F.http.a` must be text, got 1');
    expect(shaped(5, 'http')).toThrow('`functions.F.http` must be an object with options, got 5');
  });
});

test('the remedy for a value that is not a struct or a list shows the right form', () => {
  expect(givenAs(struct(EMPTY), [])).toThrow(/: write, for example, `\{ … \}`, or leave it out$/);
  expect(givenAs(struct(EMPTY).required(), 'a')).toThrow(/: write, for example, `\{ … \}`$/);
  expect(givenAs(listOf(text()).required(), 'a')).toThrow(/: wrap it in `\[ … \]`$/);
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
