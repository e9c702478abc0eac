import { integer, text } from '../../lib/props/kinds';
import { splitOptions, withoutUndefined } from '../../lib/props/options';
import { PropCheck } from '../../lib/props/prop-check';
import { propsOf } from '../../lib/props/prop-set';

const CHECK = new PropCheck('Stack/App', 'functions.F');
const TRIGGER = propsOf<{ readonly prefix?: string }>()({ prefix: text() });
const FUNCTION = propsOf<{ readonly memorySize?: number }>()({ memorySize: integer(1) });

const split = (options: object): { readonly own: object; readonly others: object } =>
  splitOptions<object, object>(options, TRIGGER, FUNCTION, CHECK);

test('each option goes to the struct that declares it', () => {
  expect(split({ prefix: 'a', memorySize: 1 })).toEqual({
    own: { prefix: 'a' },
    others: { memorySize: 1 },
  });
});

test('undefined options are left out of both', () => {
  expect(split({ prefix: undefined, memorySize: undefined })).toStrictEqual({
    own: {},
    others: {},
  });
});

test.each([
  ['prefx', 'prefix'],
  ['memory', 'memorySize'],
])('fails for %s with the nearest name of both', (name, nearest) => {
  expect(() => split({ [name]: 1 })).toThrow(
    `Stack/App: \`functions.F.${name}\` must be an option that exists, got 1: did you mean \`${nearest}\`? Otherwise leave it out`,
  );
});

test('withoutUndefined keeps false, 0 and empty text', () => {
  expect(withoutUndefined({ a: false, b: 0, c: '', d: undefined })).toStrictEqual({
    a: false,
    b: 0,
    c: '',
  });
});
