import * as fs from 'node:fs';
import * as path from 'node:path';
import { migrate } from '../../../bin/commands/migrate';
import { exportsName } from '../../../bin/migrate/handler-file';
import { migrateDefinition } from '../../../bin/migrate/migrate-definition';
import { parseVariables } from '../../../bin/migrate/serverless/parse-variables';
import { tempFolder } from '../../support/synth';
import { migrateHere, synthesize } from './support';

const service = (functions: string, more = ''): string =>
  `service: shop\nprovider:\n  name: aws\n  runtime: nodejs24.x\n${more}functions:\n${functions}`;

const migrated = (text: string, name = 'serverless.yml'): ReturnType<typeof migrateDefinition> => {
  const folder = tempFolder({ [name]: text });
  return migrateDefinition(path.join(folder, name), folder);
};

test('the defaults of the Serverless Framework are written out', () => {
  const { app } = migrated(service('  a: { handler: a.handler }\n'));

  expect(app).toContain('memorySize: 1024');
  expect(app).toContain('Duration.seconds(6)');
  expect(app).toContain('lambda.Architecture.X86_64');
  expect(app).toContain('lambda.LoggingFormat.TEXT');
});

test('the defaults of SAM are written out', () => {
  const { app } = migrateHere('sam-sqs');

  expect(app).toContain('memorySize: 128');
  expect(app).toContain('Duration.seconds(3)');
});

test('a definition with Python functions alone is refused, with the reason', () => {
  expect(() =>
    migrated(
      'service: a\nprovider: {name: aws, runtime: python3.13}\nfunctions: {a: {handler: a.b}}\n',
    ),
  ).toThrow('has no Node.js function, only python3.13');
});

test('a definition that is a program is refused', () => {
  expect(() => migrateDefinition('/x/serverless.ts', '/x')).toThrow('is a program');
});

test('an export that the handler names and the file lacks is reported', () => {
  const folder = tempFolder({
    'serverless.yml': service('  a: { handler: a.run }\n'),
    'a.js': 'exports.other = 1;\n',
  });

  const { notes } = migrateDefinition(path.join(folder, 'serverless.yml'), folder);

  expect(notes.map(({ text }) => text)).toContain(
    'a.js has no export `run`, which the handler names',
  );
});

test.each([
  ['export const run = 1', true],
  ['export async function run() {}', true],
  ['module.exports = { run }', true],
  ['exports.run = 1', true],
  ['export { start as run }', true],
  ['// export const run = 1', false],
  ["export * from './other'", undefined],
])('in `%s` the export is seen: %s', (source, expected) => {
  expect(exportsName(source, 'run')).toBe(expected);
});

test('variables of CloudFormation stay text', () => {
  expect(parseVariables('arn:${AWS::Region}:${Orders.Arn}')).toEqual([
    'arn:${AWS::Region}:${Orders.Arn}',
  ]);
});

test('a statement on a table becomes access, and what is beyond it stays a statement', () => {
  const { app } = migrateHere('sls-iam-per-function');

  expect(app).toContain('access: [Access.read(thingsRef, quiet)]');
  expect(app).toContain("actions: ['dynamodb:TagResource']");
});

test('a function gets the permissions of the source on its table, and no others', () => {
  const { Resources = {} } = synthesize(migrateHere('sls-rest-crud').app);

  const policies = JSON.stringify(
    Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Role'),
  );
  expect(policies).toContain('dynamodb:PutItem');
  expect(policies).not.toContain('"*"');
});

test('values that differ by stage are chosen when the app runs', () => {
  const { app } = migrateHere('sls-variables');
  const memory = (stage: string): unknown =>
    Object.values(synthesize(app, { stage }).Resources ?? {}).find(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    )?.Properties?.MemorySize;

  expect([memory('dev'), memory('prod')]).toEqual([128, 512]);
});

test('a route without an authorizer that can be carried over is closed, not open', () => {
  const { app } = migrated(
    service(
      '  a: { handler: a.handler, events: [{ httpApi: { method: get, path: /a, authorizer: { name: gone } } }] }\n',
    ),
  );

  expect(app).toContain('RouteAuthorizer.iam()');
});

test('the import map names the resources that have data and a name', () => {
  expect(migrateHere('sls-streams').imports).toEqual({
    map: { Clicks: { Name: 'clicks-dev' } },
    unnamed: [{ logicalId: 'Orders', type: 'AWS::DynamoDB::Table' }],
  });
});

test('what is not carried over stands in the file, with the reason', () => {
  const { app } = migrateHere('sls-unsupported');

  expect(app.replace(/\n\/\/ /g, ' ')).toContain(
    'the event `alb` is not carried over: the library has no trigger for a load balancer',
  );
});

test('WebSocket routes and function URLs become triggers, as open as they were', () => {
  const { app, notes } = migrateHere('sls-websocket');
  const { Resources = {} } = synthesize(app);
  const of = (type: string, key: string): unknown[] =>
    Object.values(Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => (Properties as Record<string, unknown>)[key]);

  expect(notes.filter(({ kind }) => kind === 'lost')).toEqual([]);
  expect(of('AWS::ApiGatewayV2::Route', 'RouteKey').sort()).toEqual([
    '$connect',
    '$disconnect',
    'sendMessage',
  ]);
  expect(of('AWS::Lambda::Url', 'AuthType').sort()).toEqual(['AWS_IAM', 'NONE']);
  expect(of('AWS::Lambda::Url', 'InvokeMode')).toContain('RESPONSE_STREAM');
  expect(JSON.stringify(Resources)).toContain('"execute-api:ManageConnections"');
});

test('a `$connect` whose authorizer is not carried over is never left open', () => {
  const folder = tempFolder({
    'serverless.yml': service(
      '  a: { handler: a.handler, events: [{ websocket: { route: $connect, authorizer: check } }] }\n',
    ),
  });

  const { app, notes } = migrateDefinition(path.join(folder, 'serverless.yml'), folder);

  expect(app).toContain('new authorizers.WebSocketIamAuthorizer()');
  expect(notes.filter(({ kind }) => kind === 'lost').map(({ at }) => at)).toEqual([
    'functions.a.websocket.authorizer',
  ]);
});

test('the command writes a project once, and leaves what is there alone', () => {
  const folder = tempFolder({
    'serverless.yml': service('  a: { handler: a.handler }\n'),
    'package.json': '{}',
  });
  const out: string[] = [];
  const io = { out: (text: string) => out.push(text), say: () => undefined } as never;
  const run = (): number =>
    migrate({ args: [path.join(folder, 'serverless.yml')], options: {} }, io);

  expect(run()).toBe(0);
  expect(fs.readdirSync(folder).sort()).toEqual([
    'app.ts',
    'cdk.json',
    'migration.md',
    'package.json',
    'serverless.yml',
    'tsconfig.json',
  ]);
  expect(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).toBe('{}');
  expect(run).toThrow('app.ts already exists');
});

test.each(['Files', 'Mail', 'Prod', 'Flow', 'App'])(
  'an output keeps its name %s, which another part of the template has too',
  (name) => {
    const folder = tempFolder({
      'template.yaml': `Transform: AWS::Serverless-2016-10-31
Parameters: { Mail: { Type: String } }
Conditions: { Prod: { 'Fn::Equals': [{ Ref: Mail }, a] } }
Resources:
  Files: { Type: 'AWS::S3::Bucket' }
  Flow: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition: { StartAt: A, States: { A: { Type: Pass, End: true } } } } }
  Fn: { Type: 'AWS::Serverless::Function', Properties: { InlineCode: 'exports.handler = 1', Handler: index.handler, Runtime: nodejs24.x } }
Outputs: { ${name}: { Value: { Ref: Mail } } }
`,
    });

    const { app } = migrateDefinition(path.join(folder, 'template.yaml'), process.cwd());

    expect(synthesize(app)).toHaveProperty(`Outputs.${name}.Value`, { Ref: 'Mail' });
  },
);

test('a CodeUri that names a file is the folder of the file', () => {
  const folder = tempFolder({
    'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: src/app.js, Handler: app.handler, Runtime: nodejs24.x } }
`,
    'src/app.js': 'exports.handler = async () => 1;',
  });

  const { app } = migrateDefinition(path.join(folder, 'template.yaml'), folder);

  expect(app).toContain("entry: 'src/app.js'");
});

test('a text that is not a number is reported, and does not become NaN', () => {
  const { app, notes } = migrated(service('  a: { handler: a.handler, memorySize: 1536MB }\n'));

  expect(app).not.toContain("Number('1536MB')");
  expect(notes.map(({ text }) => text).join()).toContain('"1536MB" is not a number');
});
