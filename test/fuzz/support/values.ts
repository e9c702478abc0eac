import { Aws, Duration, Fn, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { Recipe, recipe } from './recipe';

/** What JavaScript lets one write, and what a file or the context may hold. */
const HOSTILE: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    'x',
    '',
    ' ',
    '5',
    NaN,
    Infinity,
    -Infinity,
    -1,
    0,
    1.5,
    1e21,
    true,
    false,
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [null],
    [undefined],
    { a: null },
    '__proto__',
    'constructor',
    '${a}',
    '{{x}}',
  ),
  fc.constantFrom<unknown>('żółć 🦄', '\u0000', '\ud800', 'a\nb', '../..', 'a'.repeat(5000)),
  recipe('() => 1', () => () => 1),
  recipe('new Date(NaN)', () => new Date(NaN)),
  recipe('Object.create(null)', () => Object.create(null) as object),
  recipe('Fn.importValue("Object")', () => Fn.importValue('Object')),
  fc.string({ unit: 'binary' }),
  fc.double(),
);

/** So many values that fit come for one that may be anything. */
let fitting = 250;

/** Another share of values that fit, for a run that looks at what synthesizes. */
export function setFitting(share: number): void {
  fitting = share;
}

/** A value that mostly fits. */
export function mostly(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: fitting, arbitrary: value }, { weight: 1, arbitrary: HOSTILE });
}

/** Options of which about one in `rarity` is given, and each mostly fits. */
export function options(
  props: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  given: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
  rarity = 4,
): fc.Arbitrary<Record<string, unknown>> {
  const optional = Object.entries(props).map(([name, value]) => [
    name,
    fc.oneof(
      { weight: rarity - 1, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: mostly(value) },
    ),
  ]);
  const required = Object.entries(given).map(([name, value]) => [name, mostly(value)]);
  return fc
    .record(Object.fromEntries([...optional, ...required]) as Record<string, fc.Arbitrary<unknown>>)
    .map((all) =>
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
    );
}

export const FLAGS = fc.boolean();

/** A whole number in a range, often at its ends, now and then beyond them, or known only at deployment. */
export function within(min: number, max: number): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min, max }) },
    { weight: 8, arbitrary: fc.constantFrom(min, max) },
    { weight: 1, arbitrary: fc.constantFrom(min - 1, max + 1) },
    { weight: 2, arbitrary: NUMBER_TOKEN },
  );
}

export const NUMBER_TOKEN = recipe('a number Token', () =>
  Token.asNumber(Fn.importValue('Number')),
);

/** A Duration of seconds in a range, as `within`. */
export function seconds(min: number, max: number): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min, max }).map(duration) },
    { weight: 8, arbitrary: fc.constantFrom(duration(min), duration(max)) },
    { weight: 1, arbitrary: fc.constantFrom(duration(Math.max(0, min - 1)), duration(max + 1)) },
    {
      weight: 2,
      arbitrary: recipe('a Duration of a Token', () =>
        Duration.seconds(Token.asNumber(Fn.importValue('Seconds'))),
      ),
    },
  );
}

export function duration(count: number): Recipe {
  return new Recipe(`Duration.seconds(${count})`, () => Duration.seconds(count));
}

/** A name of a few letters, in any case. */
export const NAME = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,12}$/);

/** An id of a construct: mostly a name of a small set, so that some come twice. */
export const ID = fc.oneof(
  { weight: 20, arbitrary: NAME },
  { weight: 4, arbitrary: fc.constantFrom('Orders', 'A', 'Get', 'Import') },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      '__proto__',
      'constructor',
      'toString',
      'Default',
      'Resource',
      'Logs',
      'CodeDeploy',
      'CodeDeployRole',
      'RolloutCanary1Percent1Minutes',
      'HttpApi',
      'a/b',
      '-',
      'ż',
      '🦄',
      'Shard1',
      'x'.repeat(300),
      '${Token[TOKEN.1]}',
    ),
  },
);

/** Text that means nothing to the library. */
export const ANY_TEXT = fc.oneof(
  { weight: 5, arbitrary: NAME },
  { weight: 1, arbitrary: recipe('a text Token', () => Fn.importValue('Text')) },
  { weight: 1, arbitrary: recipe('Aws.REGION', () => Aws.REGION) },
);

/** A value that fits, and one time in twenty one of those that do not. */
export function rarely(value: fc.Arbitrary<unknown>, ...wrong: unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 40, arbitrary: value },
    { weight: 1, arbitrary: fc.constantFrom(...wrong) },
  );
}
