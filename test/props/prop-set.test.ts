import { AppStage } from '../../lib/model/app-stage';
import { flag, integer, passedOn, text } from '../../lib/props/kinds';
import { propsOf, withDefaults } from '../../lib/props/prop-set';

interface Options {
  readonly batchSize?: number;
  readonly enabled?: boolean;
  readonly name: string;
}

const ALL = {
  batchSize: integer(1, 10).defaultsTo(10).in('memory'),
  enabled: flag().byStage({ [AppStage.PRODUCTION]: true, [AppStage.DEVELOPMENT]: false }),
  name: text().required(),
} as const;
const PROPS = propsOf<Options>()(ALL);

test('a declared default applies if the option is omitted', () => {
  expect(withDefaults({ name: 'a' }, PROPS, AppStage.PRODUCTION)).toEqual({
    name: 'a',
    batchSize: 10,
    enabled: true,
  });
  expect(withDefaults({ name: 'a' }, PROPS, AppStage.DEVELOPMENT).enabled).toBe(false);
  expect(withDefaults({ name: 'a', batchSize: undefined }, PROPS, AppStage.PRODUCTION)).toEqual({
    name: 'a',
    batchSize: 10,
    enabled: true,
  });
});

test('a given option replaces the default, also where it is 0 or false', () => {
  const given = { name: 'a', batchSize: 0, enabled: false };

  expect(withDefaults(given, PROPS, AppStage.PRODUCTION)).toEqual(given);
});

test('props that are only passed on are declared by name', () => {
  const { a, b } = passedOn('a b');

  expect([a.isRequired, b.isRequired]).toEqual([false, false]);
  expect([a.kind.form.type, b.kind.form.type]).toEqual(['anything', 'anything']);
});

test('a prop keeps its other declarations', () => {
  const prop = integer(1).in('log').defaultsTo(5).withRemedy('mend it').required();

  expect([prop.part, prop.isRequired, prop.hasDefault, prop.kind.remedy]).toEqual([
    'log',
    true,
    true,
    'mend it',
  ]);
  expect(prop.defaultOf(AppStage.DEVELOPMENT)).toBe(5);
  expect(integer(1).defaultOf(AppStage.DEVELOPMENT)).toBeUndefined();
});

test('a declaration that does not match the interface does not compile', () => {
  const { batchSize, enabled, name } = ALL;

  // @ts-expect-error -- a prop is missing
  propsOf<Options>()({ batchSize, name });
  // @ts-expect-error -- a prop that the interface does not have
  propsOf<Options>()({ ...ALL, other: text() });
  // @ts-expect-error -- a prop of another type
  propsOf<Options>()({ batchSize: text(), enabled, name });
  // @ts-expect-error -- required in the interface, but not in the declaration
  propsOf<Options>()({ batchSize, enabled, name: text() });
  // @ts-expect-error -- required in the declaration, but not in the interface
  propsOf<Options>()({ batchSize: batchSize.required(), enabled, name });
  // @ts-expect-error -- a default of another type
  integer(1).defaultsTo('1');

  // @ts-expect-error -- `enabled` is missing
  propsOf<Options>()({ ...passedOn('batchSize'), name });

  expect(Object.keys(PROPS.props)).toEqual(['batchSize', 'enabled', 'name']);
});
