import { splitOptions, withoutUndefined } from '../../lib/props/options';
import { PropCheck } from '../../lib/props/prop-check';

const CHECK = new PropCheck('Stack/App', '');

test('options with the given names are picked', () => {
  expect(splitOptions({ prefix: 'a', memorySize: 1 }, ['prefix'], CHECK).picked).toEqual({
    prefix: 'a',
  });
});

test('options with other names are the rest', () => {
  expect(splitOptions({ prefix: 'a', memorySize: 1 }, ['prefix'], CHECK).rest).toEqual({
    memorySize: 1,
  });
});

test('undefined options are left out of both', () => {
  const options: { a?: number; b?: number } = { a: undefined, b: undefined };

  const { picked, rest } = splitOptions(options, ['a'], CHECK);

  expect([Object.keys(picked), Object.keys(rest)]).toEqual([[], []]);
});

test('withoutUndefined keeps false, 0 and empty text', () => {
  expect(withoutUndefined({ a: false, b: 0, c: '', d: undefined })).toStrictEqual({
    a: false,
    b: 0,
    c: '',
  });
});

test.each([null, 5, 'options', []])('options %p are refused', (options) => {
  expect(() => splitOptions(options as object, [], CHECK)).toThrow(
    'Stack/App: `options` must be an object with options, got ',
  );
});
