import * as fc from 'fast-check';
import { indentJson, memberText } from '../../../bin/json/source-text';

test.each([
  ['{"a":12345678901234567890}', '12345678901234567890'],
  ['{"a":1e400}', '1e400'],
  [' { "b" : [1, {"a": 2}] , "a" : { "x" : "}" } } ', '{ "x" : "}" }'],
  ['{"a":1,"a":2}', '2'],
  ['{"\\u0061":"\\ud800"}', '"\\ud800"'],
  ['{"a":"\\\\\\""}', '"\\\\\\""'],
  ['{"a":null}', 'null'],
  ['{"b":1}', undefined],
  ['[{"a":1}]', undefined],
  ['{}', undefined],
  ['', undefined],
])('the member `a` of %s is %s', (json, text) => {
  expect(memberText(json, 'a')).toBe(text);
});

test('the text of a member of any object is the JSON of its value', () => {
  const spaces = fc.constantFrom(undefined, 1, '\t');
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), spaces, (object, space) => {
      const json = JSON.stringify(object, undefined, space);
      for (const [name, value] of Object.entries(JSON.parse(json) as object)) {
        expect(JSON.parse(memberText(json, name) ?? '')).toEqual(value);
      }
    }),
  );
});

test('JSON is indented as by JSON.stringify', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(indentJson(JSON.stringify(value))).toBe(
        JSON.stringify(JSON.parse(JSON.stringify(value)), undefined, 2),
      );
    }),
  );
});

test('indented numbers keep their digits', () => {
  expect(indentJson('{"a":[12345678901234567890,1e400]}')).toBe(
    '{\n  "a": [\n    12345678901234567890,\n    1e400\n  ]\n}',
  );
});
