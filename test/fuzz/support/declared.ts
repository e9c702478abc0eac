import { Size } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import type { Form, Prop, PropSet } from '../../../lib/props/prop';
import { Recipe } from './recipe';
import { ANY_TEXT, FLAGS, NAME, options, seconds, within } from './values';

type Values = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/**
 * Random values for the declared props of an interface.
 *
 * @param own values for props that a declaration says too little about: an instance of a class, text of a form. A prop that needs them and has
 * none is an error, so that a new prop cannot be forgotten. What only the CDK checks is left out.
 */
export function valuesOf(set: PropSet, own: Values = {}): Values {
  const unknown = Object.keys(own).find((name) => !Object.hasOwn(set.props, name));
  if (unknown !== undefined) {
    throw new Error(`there is no prop ${unknown} to generate values for`);
  }
  const values = Object.entries<Prop>(set.props).map(([name, { kind }]) => [
    name,
    own[name] ?? valueOf(kind.form, name),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Values;
}

/** Random options of an interface: all that are required, and about one in `rarity` of the others. */
export function declared(
  set: PropSet,
  own: Values = {},
  rarity = 4,
): fc.Arbitrary<Record<string, unknown>> {
  const values = Object.entries(valuesOf(set, own));
  const isRequired = ([name]: [string, unknown]): boolean => set.props[name]?.isRequired === true;
  return options(
    Object.fromEntries(values.filter((each) => !isRequired(each))),
    Object.fromEntries(values.filter(isRequired)),
    rarity,
  );
}

export const DATE = fc.date({
  min: new Date('2026-01-01'),
  max: new Date('2036-01-01'),
  noInvalidDate: true,
});

/** For a prop that no random app is given. */
export const NEVER = fc.constant(undefined);

/** Above a declared minimum without a maximum. */
const FURTHER = 100;

function valueOf(form: Form, name: string): fc.Arbitrary<unknown> | undefined {
  switch (form.type) {
    case 'integer':
      return within(form.min, Math.min(form.max ?? form.min + FURTHER, 1e9));
    case 'number':
      return fc.double({ min: form.min, max: form.max ?? FURTHER, noNaN: true });
    case 'duration':
      return seconds(form.min, form.max);
    case 'flag':
      return FLAGS;
    case 'date':
      return DATE;
    case 'text':
      return form.known === true ? NAME : ANY_TEXT;
    case 'size':
      return fc
        .oneof(
          { weight: 10, arbitrary: fc.integer(form) },
          { weight: 1, arbitrary: fc.constantFrom(form.min - 1, form.max + 1) },
        )
        .map((mb) => new Recipe(`Size.mebibytes(${mb})`, () => Size.mebibytes(mb)));
    case 'enum':
      return fc.constantFrom(...form.values());
    case 'list':
      return listOf(form, name);
    case 'map': {
      const value = valueOf(form.item.kind.form, name);
      return value && fc.dictionary(NAME, value, { maxKeys: 2 });
    }
    case 'struct':
      return declared(form.set);
    case 'anything':
      return undefined;
    case 'instance':
      throw new Error(`no values for ${name}, an object with \`${form.member}\`: give some`);
  }
}

function listOf(
  { item, length }: Extract<Form, { type: 'list' }>,
  name: string,
): fc.Arbitrary<unknown> | undefined {
  const value = valueOf(item.kind.form, name);
  return value && fc.array(value, { minLength: length?.min ?? 0, maxLength: 2 });
}
