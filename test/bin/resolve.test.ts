import { needsExports, resolve } from '../../bin/resolve';
import type { DeployedStack } from '../../bin/deployed-stack';

const STACK: DeployedStack = {
  stackId:
    'arn:aws:cloudformation:eu-central-1:123456789012:stack/Shop/11111111-2222-3333-4444-555555555555',
  stackName: 'Shop',
  parameters: { Table: 'given-table' },
  resources: {
    Fn: { type: 'AWS::Lambda::Function', id: 'Shop-Fn-Abc' },
    Queue: {
      type: 'AWS::SQS::Queue',
      id: 'https://sqs.eu-central-1.amazonaws.com/123456789012/failures',
    },
    Bucket: { type: 'AWS::S3::Bucket', id: 'records' },
    Alarm: { type: 'AWS::CloudWatch::Alarm', id: 'Shop-Alarm' },
    Topic: { type: 'AWS::SNS::Topic', id: 'arn:aws:sns:eu-central-1:123456789012:told' },
    Other: { type: 'AWS::Some::Thing', id: 'x' },
  },
  exports: { 'Base:Queue': 'shared' },
};

test.each<[unknown, unknown]>([
  ['text', 'text'],
  [7, 7],
  [{ Ref: 'Fn' }, 'Shop-Fn-Abc'],
  [{ Ref: 'AWS::Region' }, 'eu-central-1'],
  [{ Ref: 'AWS::AccountId' }, '123456789012'],
  [{ Ref: 'AWS::Partition' }, 'aws'],
  [{ Ref: 'AWS::StackName' }, 'Shop'],
  [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  [{ Ref: 'Table' }, 'given-table'],
  [{ 'Fn::GetAtt': ['Queue', 'QueueName'] }, 'failures'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-central-1:123456789012:failures'],
  [{ 'Fn::GetAtt': ['Topic', 'TopicName'] }, 'told'],
  [{ 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::records'],
  [
    { 'Fn::GetAtt': ['Alarm', 'Arn'] },
    'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:Shop-Alarm',
  ],
  [{ 'Fn::Join': ['', ['a-', { Ref: 'Bucket' }]] }, 'a-records'],
  [{ 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: 'Fn' }] }] }, 'Fn'],
  [
    {
      'Fn::Select': [
        4,
        {
          'Fn::Split': [
            '-',
            { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
          ],
        },
      ],
    },
    '555555555555',
  ],
  [
    { 'Fn::Sub': 'https://x.${AWS::Region}.${AWS::URLSuffix}/${!kept}/${Queue.QueueName}' },
    'https://x.eu-central-1.amazonaws.com/${kept}/failures',
  ],
  [{ 'Fn::Sub': ['${a}-${Bucket}', { a: { Ref: 'Fn' } }] }, 'Shop-Fn-Abc-records'],
  [{ 'Fn::ImportValue': 'Base:Queue' }, 'shared'],
  [[{ Ref: 'Bucket' }], ['records']],
  [
    { a: { b: { Ref: 'Bucket' } }, Ref: 1 },
    { a: { b: 'records' }, Ref: 1 },
  ],
])('%j is %j', (value, result) => {
  expect(resolve(value, STACK)).toEqual(result);
});

test.each([
  { Ref: 'Nothing' },
  { 'Fn::GetAtt': ['Nothing', 'Arn'] },
  { 'Fn::GetAtt': ['Other', 'Arn'] },
  { 'Fn::GetAtt': ['Fn', 'SnapStartResponse'] },
  { 'Fn::Join': ['', ['a-', { Ref: 'Nothing' }]] },
  { 'Fn::Sub': '${Nothing}' },
  { 'Fn::ImportValue': 'Base:Other' },
  { 'Fn::FindInMap': ['a', 'b', 'c'] },
])('what cannot be known from here is absent: %j', (value) => {
  expect(resolve(value, STACK)).toBeUndefined();
});

test('exports are read only if an expression needs them', () => {
  expect(needsExports({ a: [{ 'Fn::ImportValue': 'x' }] })).toBe(true);
  expect(needsExports({ a: [{ Ref: 'x' }] })).toBe(false);
});
