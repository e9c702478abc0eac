import { deployedSize } from '../../lib/guard/deployed-size';

test.each([
  ['text', 'abc', 5],
  ['a number', 12, 2],
  ['a truth value', true, 4],
  ['nothing', null, 4],
  ['an empty list', [], 2],
  ['a list', ['a', 'b'], 9],
  ['an empty object', {}, 2],
  ['an object', { a: 1, b: ['x'] }, 17],
  ['what is left out', { a: 1, b: undefined }, 7],
])('%s counts with the length of its JSON', (_name, value, size) => {
  expect(deployedSize(value)).toBe(size);
  expect(JSON.stringify(value)).toHaveLength(size);
});

test.each([
  ['the account', { Ref: 'AWS::AccountId' }, '000000000000'],
  ['the region', { Ref: 'AWS::Region' }, 'us-east-1'],
  ['a partition', { Ref: 'AWS::Partition' }, 'aws'],
  ['a name', { Ref: 'Table' }, 'x'],
  ['an ARN', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::x'],
  ['an ARN as text', { 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::x'],
  ['a parameter for an ARN', { Ref: 'referencetoTestBucketArn' }, 'arn:aws:s3:::x'],
  [
    'a join',
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::b/*']] },
    'arn:aws:s3:::b/*',
  ],
  ['a join with a separator', { 'Fn::Join': [',', ['a', 'b', 'c']] }, 'a,b,c'],
  ['anything else', { 'Fn::ImportValue': 'there' }, 'x'],
])('%s counts with its shortest possible value', (_name, value, shortest) => {
  expect(deployedSize(value)).toBe(JSON.stringify(shortest).length);
});

test('an object that only looks like an expression counts as an object', () => {
  expect(deployedSize({ Ref: 'a', other: 'b' })).toBe('{"Ref":"a","other":"b"}'.length);
});

test('a reference whose value is partly known counts with that part', () => {
  const known = (reference: string): number | undefined =>
    reference === 'Fn.Arn' ? 80 : undefined;

  expect(deployedSize({ 'Fn::GetAtt': ['Fn', 'Arn'] }, known)).toBe(82);
  expect(deployedSize([{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Fn', 'Arn'] }, ':*']] }], known)).toBe(
    86,
  );
  expect(deployedSize({ 'Fn::GetAtt': ['Other', 'Arn'] }, known)).toBe(16);
});
