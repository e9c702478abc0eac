import { print } from './print-compact';
import { shortenIntrinsics } from './short-intrinsics';
import { serialize, test as isTemplate } from './template-serializer';

const HASH = 'a'.repeat(64);

function table(id: string, properties: object = {}): object {
  return { Resources: { [id]: { Type: 'AWS::DynamoDB::Table', Properties: properties } } };
}

describe('a template in a snapshot', () => {
  test('contains resources with types', () => {
    expect(isTemplate(table('Orders'))).toBe(true);
    expect(isTemplate({ Resources: 'x' })).toBe(false);
    expect(isTemplate({ Resources: { Orders: {} } })).toBe(false);
  });

  test('contains no asset hashes, id suffixes and bootstrap check', () => {
    const template = {
      ...table('Orders1DDF4F53', { Key: `${HASH}.zip`, Self: { Ref: 'Orders1DDF4F53' } }),
      Parameters: { BootstrapVersion: { Type: 'String' } },
      Rules: { CheckBootstrapVersion: { Assertions: [] }, Ours: { Assertions: [] } },
    };

    const text = serialize(template);

    expect(text).toContain('"Orders": {');
    expect(text).toContain('"Self": "${Orders}"');
    expect(text).toContain('"[HASH].zip"');
    expect(text).toContain('"Ours"');
    expect(text).not.toMatch(/Bootstrap|Parameters|1DDF4F53/);
  });

  test('keeps the suffixes of two ids that are otherwise equal', () => {
    const { Resources: one } = table('Orders1DDF4F53') as { Resources: object };
    const { Resources: two } = table('Orders8FCD7A13') as { Resources: object };

    expect(serialize({ Resources: { ...one, ...two } })).toMatch(
      /Orders1DDF4F53[^]*Orders8FCD7A13/,
    );
  });

  test.each([
    ['another property', table('Orders', { A: 1 }), table('Orders', { A: 2 })],
    ['another reference', table('O', { A: { Ref: 'X' } }), table('O', { A: { Ref: 'Y' } })],
    [
      'another attribute',
      table('O', { A: { Ref: 'X' } }),
      table('O', { A: { 'Fn::GetAtt': ['X', 'Arn'] } }),
    ],
    ['a literal for a reference', table('O', { A: { Ref: 'X' } }), table('O', { A: '${X}' })],
    [
      'a literal for an attribute',
      table('O', { A: { 'Fn::GetAtt': ['X', 'Arn'] } }),
      table('O', { A: '${X.Arn}' }),
    ],
    ['a forgotten Fn::Sub', table('O', { A: { 'Fn::Sub': '${X}' } }), table('O', { A: '${X}' })],
    ['another order of items', table('O', { A: [1, 2] }), table('O', { A: [2, 1] })],
    ['a number in the place of a text', table('O', { A: 1 }), table('O', { A: '1' })],
  ])('differs for %s', (_what, before, after) => {
    expect(serialize(before as never)).not.toBe(serialize(after as never));
  });
});

describe('functions of CloudFormation', () => {
  test.each<[object, unknown]>([
    [{ Ref: 'Orders' }, '${Orders}'],
    [{ 'Fn::GetAtt': ['Orders', 'Arn'] }, '${Orders.Arn}'],
    [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3']] }, 'arn:${AWS::Partition}:s3'],
    [
      { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
      "${AWS::StackId.split('/')[2]}",
    ],
    [{ 'Fn::If': ['Big', 1, 2] }, { 'Fn::If': ['Big', 1, 2] }],
    [
      { Ref: 'Orders', Other: 1 },
      { Ref: 'Orders', Other: 1 },
    ],
  ])('%j is written as %j', (long, short) => {
    expect(shortenIntrinsics(long)).toEqual(short);
  });
});

test('short values are printed on one line, with sorted keys', () => {
  expect(print({ b: [1, 'two'], a: {}, Type: 'T' })).toBe(
    '{ "Type": "T", "a": {}, "b": [1, "two"] }',
  );
  expect(print({ b: 'x'.repeat(120), a: 1 })).toBe(`{\n  "a": 1,\n  "b": "${'x'.repeat(120)}",\n}`);
});
