import { compareStacks } from '../../../bin/diff/compare-stacks';
import { placeResources } from '../../../bin/diff/placed-resource';
import { stableJson } from '../../../bin/diff/references';
import type { StackTree } from '../../../bin/diff/template';
import { arn, FUNCTION, ref, resource, stack } from './support/stacks';

/** A table in the outer stack, a function in a nested one, and a bucket that names the function by an output. */
function app(): StackTree {
  const inner = stack(
    { Fn: { ...FUNCTION, Properties: { Environment: ref('TableName'), Id: ref('StackIdOfApp') } } },
    {},
    { FnArn: { Value: arn('Fn') } },
  );
  return stack(
    {
      Table: resource('DynamoDB::Table'),
      Shard: resource('CloudFormation::Stack', {
        Parameters: { TableName: ref('Table'), StackIdOfApp: ref('AWS::StackId') },
      }),
      Bucket: resource('S3::Bucket', { Tags: { 'Fn::GetAtt': ['Shard', 'Outputs.FnArn'] } }),
      Sub: resource('SNS::Topic', { TopicName: { 'Fn::Sub': 'a-${Table.Arn}-${!literal}-${x}' } }),
    },
    { Shard: inner },
  );
}

test('references through parameters and outputs of nested stacks resolve to the resource itself', () => {
  const placed = placeResources(app());

  expect([...placed.keys()]).toEqual(['Table', 'Shard/Fn', 'Bucket', 'Sub']);
  expect(placed.get('Shard/Fn')?.properties).toEqual({
    Environment: { $ref: 'Table', $attr: 'Ref' },
    Id: { $ref: 'AWS::StackId', $attr: 'Ref' },
  });
  expect(placed.get('Bucket')?.properties).toEqual({ Tags: { $ref: 'Shard/Fn', $attr: 'Arn' } });
  expect(placed.get('Sub')?.properties).toEqual({
    TopicName: {
      'Fn::Join': [
        '',
        ['a-', { $ref: 'Table', $attr: 'Arn' }, '-', '${literal}', '-', { Ref: 'x' }],
      ],
    },
  });
});

test('an app compared with itself has no change', () => {
  expect(compareStacks(app(), app())).toMatchObject({
    counts: { create: 0, update: 0, replace: 0, delete: 0 },
    findings: [],
  });
});

test('the order of keys does not matter, that of lists does', () => {
  expect(stableJson({ a: 1, b: [1, 2] })).toBe(stableJson({ b: [1, 2], a: 1 }));
  expect(stableJson([1, 2])).not.toBe(stableJson([2, 1]));
});
