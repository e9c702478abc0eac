import * as path from 'node:path';
import { callsOfHandler } from '../../../bin/migrate/calls/function-calls';
import { migrateDefinition } from '../../../bin/migrate/migrate-definition';
import { tempFolder } from '../../support/synth';
import { synthesize } from './support';

jest.setTimeout(120_000);

const RESOURCES = `
resources:
  Resources:
    Files: { Type: 'AWS::S3::Bucket' }
    Jobs: { Type: 'AWS::SQS::Queue' }
    Other: { Type: 'AWS::SQS::Queue' }
    Orders: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: PAY_PER_REQUEST, KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [{ AttributeName: id, AttributeType: S }] } }
`;

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** The statements of a function that has one statement, in the template. */
const statements = (statement: string, events = '[]'): Statement[] => {
  const folder = tempFolder({
    'serverless.yml': `service: shop
provider: { name: aws, runtime: nodejs24.x, iamRoleStatements: [${statement}] }
functions: { a: { handler: a.handler, events: ${events} } }${RESOURCES}`,
    'a.js': 'exports.handler = async () => 1;',
  });
  const { app } = migrateDefinition(path.join(folder, 'serverless.yml'), process.cwd());
  const { Resources = {} } = synthesize(app);
  return JSON.parse(
    JSON.stringify(
      Object.values(Resources)
        .filter(({ Type }) => Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::Role')
        .flatMap(({ Properties = {} }) => [
          Properties.PolicyDocument,
          ...((Properties.Policies ?? []) as Array<{ PolicyDocument: unknown }>).map(
            (one) => one.PolicyDocument,
          ),
        ])
        .filter((one) => one !== undefined)
        .flatMap((one) => (one as { Statement: unknown[] }).Statement),
    ),
  ) as Statement[];
};
const actionsOf = (all: readonly Statement[]): string[] =>
  all.flatMap(({ Action }) => (typeof Action === 'string' ? [Action] : [...Action]));

test.each([
  ['s3:PutObject*', "'Fn::Join': ['', [{ 'Fn::GetAtt': [Files, Arn] }, '/*']]"],
  ['s3:Get*', "'Fn::Join': ['', [{ 'Fn::GetAtt': [Files, Arn] }, '/*']]"],
  ['s3:*', "'Fn::Join': ['', [{ 'Fn::GetAtt': [Files, Arn] }, '/*']]"],
  ['sqs:*', "'Fn::GetAtt': [Jobs, Arn]"],
  ['dynamodb:*', "'Fn::GetAtt': [Orders, Arn]"],
  ['*', "'Fn::GetAtt': [Orders, Arn]"],
])('%s stays, because the access does not have all of its actions', (action, resource) => {
  const found = actionsOf(
    statements(`{ Effect: Allow, Action: '${action}', Resource: { ${resource} } }`),
  );

  expect(found).toContain(action);
});

test.each([
  ['dynamodb:BatchGet*', 'dynamodb:BatchGetItem', "'Fn::GetAtt': [Orders, Arn]"],
  ['sqs:SendMessage*', 'sqs:SendMessage', "'Fn::GetAtt': [Jobs, Arn]"],
])('%s becomes access, which has all of its actions', (action, expected, resource) => {
  const found = actionsOf(
    statements(`{ Effect: Allow, Action: '${action}', Resource: { ${resource} } }`),
  );

  expect(found).toContain(expected);
  expect(found).not.toContain(action);
});

test('what Lambda needs for the queue of a trigger stays on the other queue', () => {
  const found = statements(
    `{ Effect: Allow, Action: ['sqs:ReceiveMessage', 'sqs:SendMessage'], Resource: [{ 'Fn::GetAtt': [Jobs, Arn] }, { 'Fn::GetAtt': [Other, Arn] }] }`,
    `[{ sqs: { arn: { 'Fn::GetAtt': [Jobs, Arn] } } }]`,
  );

  const receiving = found.filter((one) => actionsOf([one]).includes('sqs:ReceiveMessage'));
  expect(JSON.stringify(receiving)).toContain('Other');
});

test('a prefix that is known only at deployment is not taken as a text', () => {
  const found = statements(
    `{ Effect: Allow, Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [Files, Arn] }, '/', { Ref: 'AWS::Region' }, '/*']] } }`,
  );

  expect(JSON.stringify(found)).not.toContain('<AWS::Region>');
  expect(actionsOf(found)).toContain('s3:GetObject');
});

const calls = (source: string): string[] => {
  const { actions, whole } = callsOfHandler(tempFolder({ 'a.js': source }), 'a.js');
  return [...actions, ...[...whole].map((service) => `${service}:*`)].sort();
};

test.each([
  [
    'a managed upload of version 2',
    `const AWS = require('aws-sdk'); exports.handler = () => new AWS.S3.ManagedUpload({ params: {} }).promise();`,
    's3:PutObject',
  ],
  [
    'an operation that only version 2 has',
    `const { S3 } = require('aws-sdk'); exports.handler = () => new S3().putBucketNotification({}).promise();`,
    's3:*',
  ],
  [
    'an operation that lodash calls by a computed name',
    `const _ = require('lodash'); const { S3 } = require('aws-sdk'); const s3 = new S3(); exports.handler = (e) => _.invoke(s3, e.operation, {});`,
    's3:*',
  ],
])('the calls of %s are seen', (_, source, expected) => {
  expect(calls(source)).toContain(expected);
});

test.each([
  [
    'require as a property',
    `const { S3 } = module.require('aws-sdk'); exports.handler = () => new S3().getObject({});`,
  ],
  ['require of webpack', `exports.handler = () => __non_webpack_require__('aws-sdk');`],
  [
    'a module of Node.js that loads others',
    `exports.handler = () => process.getBuiltinModule('module').createRequire('/');`,
  ],
])('with %s the calls are not known', (_, source) => {
  expect(() => calls(source)).toThrow('loads modules in a way');
});

test.each([
  `import('@aws-sdk/client-sns').then(({ PublishCommand }) => new PublishCommand({}))`,
  `import('@aws-sdk/client-sns').then((sns) => new sns.PublishCommand({}))`,
  `{ const sns = import('@aws-sdk/client-sns'); return sns.then((one) => new one.PublishCommand({})); }`,
])('what a package gives to a callback is not known: %s', (source) => {
  expect(() => calls(`exports.handler = () => ${source};`)).toThrow('as a whole');
});

test.each([
  ["NODE_OPTIONS: '--require ./tracing.js'", 1],
  ['AWS_LAMBDA_EXEC_WRAPPER: ./start.sh', 1],
  ["NODE_OPTIONS: '--enable-source-maps'", 0],
])('a function whose environment has %s keeps %s statement', (variable, kept) => {
  const folder = tempFolder({
    'serverless.yml': `service: shop
provider: { name: aws, iamRoleStatements: [{ Effect: Allow, Action: ['sqs:SendMessage'], Resource: '*' }] }
functions: { a: { handler: a.handler, environment: { ${variable} } }, b: { handler: a.handler } }
`,
    'a.js': 'exports.handler = () => 1;',
  });

  const { definition } = migrateDefinition(path.join(folder, 'serverless.yml'), folder);

  expect(definition.functions.map((one) => one.statements.length)).toEqual([kept, 0]);
});
