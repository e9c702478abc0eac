import { migrateText, synthesize, typeErrors } from './support';

jest.setTimeout(120_000);

const template = (connector: string, inFunction = ''): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: { Type: AWS::Serverless::SimpleTable }
  Files: { Type: AWS::S3::Bucket }
  Jobs: { Type: AWS::SQS::Queue }
  Work:
    Type: AWS::Serverless::Function
    ${inFunction}
    Properties: { Handler: work.handler, Runtime: nodejs24.x }
${connector}`;

const alone = (source: string, destination: string, permissions: string): string =>
  template(`
  Link:
    Type: AWS::Serverless::Connector
    Properties: { Source: { Id: ${source} }, Destination: ${destination}, Permissions: [${permissions}] }
`);

test.each([
  ['alone', alone('Work', '{ Id: Orders }', 'Read, Write')],
  [
    'within the function',
    template(
      '',
      'Connectors: { Link: { Properties: { Destination: { Id: Orders }, Permissions: [Read, Write] } } }',
    ),
  ],
])('a connector (%s) becomes access', (_, text) => {
  const { app, notes } = migrateText(text);

  const json = JSON.stringify(synthesize(app).Resources);

  expect(app).toContain('Access.readWrite(ordersRef, quiet)');
  expect(json).toContain('dynamodb:PutItem');
  expect(notes.filter(({ kind }) => kind === 'lost')).toEqual([]);
  expect(typeErrors({ app })).toEqual([]);
});

test('a connector to several resources becomes several accesses', () => {
  const { app } = migrateText(alone('Work', '[{ Id: Files }, { Id: Jobs }]', 'Write'));

  expect(app).toContain('Access.write(filesRef, quiet)');
  expect(app).toContain('Access.send(jobsRef, quiet)');
  synthesize(app);
});

test.each([
  ['reads a queue', alone('Work', '{ Id: Jobs }', 'Read, Write'), 'Resources.Link'],
  ['has no function as its source', alone('Jobs', '{ Id: Orders }', 'Write'), 'Resources.Link'],
  ['names an ARN', alone('Work', '{ Arn: a, Type: AWS::SQS::Queue }', 'Write'), 'Resources.Link'],
  [
    'reads a queue, within the function',
    template(
      '',
      'Connectors: { Link: { Properties: { Destination: { Id: Jobs }, Permissions: [Read] } } }',
    ),
    'Resources.Work.Connectors.Link',
  ],
])('a connector that %s is reported', (_, text, at) => {
  const { app, notes } = migrateText(text);

  expect(app).not.toContain('access:');
  expect(notes.filter(({ kind }) => kind === 'lost').map((one) => one.at)).toEqual([at]);
  synthesize(app);
});
