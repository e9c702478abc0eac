import { GetFunctionUrlConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CommandLine } from './support/command';
import { DeployedApp, describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { HttpAnswer, HttpRequest, request } from './support/drive';
import { eventually } from './support/eventually';
import { REPOSITORY, workFolder } from './support/folders';
import { Socket } from './support/sockets';
import { getRow } from './support/table-rows';

jest.setTimeout(TEST_TIMEOUT_MS);

const FIXTURES = path.join(REPOSITORY, 'test', 'deploy', 'fixtures', 'migrated');
/** A SAM template has no name, so `migrate` takes the folder’s. */
const folders = {
  serverless: path.join(workFolder('migrated'), 'notes'),
  sam: path.join(workFolder('migrated'), 'items'),
};

/** Copies a project of another framework into its folder, and runs `migrate` in it. */
async function migrate(name: keyof typeof folders, definition: string): Promise<string> {
  const folder = folders[name];
  fs.cpSync(path.join(FIXTURES, name), folder, { recursive: true });
  // The library’s sources stand for the installed package.
  const tsconfig = { extends: path.relative(folder, path.join(REPOSITORY, 'tsconfig.json')) };
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  fs.writeFileSync(
    path.join(folder, 'cdk.json'),
    JSON.stringify({ app: 'node --import tsx app.ts' }),
  );
  const command = (await CommandLine.build()).in(folder);
  const { code, stdout } = await command.runWith(process.env, 'migrate', definition);
  expect([code, stdout]).toEqual([0, expect.stringContaining('app.ts\n')]);
  return fs.readFileSync(path.join(folder, 'migration.md'), 'utf8');
}

const reports: Record<string, string> = {};
beforeAll(async () => {
  reports['serverless'] = await migrate('serverless', 'serverless.yml');
  reports['sam'] = await migrate('sam', 'template.yaml');
}, TEST_TIMEOUT_MS);

describeDeployed(
  'an app of the Serverless Framework',
  { folder: folders.serverless, stackName: 'notes-app-dev' },
  (app) => {
    const TABLE = 'notes-notes-dev';
    const call = (route: string, options?: HttpRequest): Promise<HttpAnswer> => {
      const { target, stack } = app();
      const api = stack.resource('AWS::ApiGatewayV2::Api', 'HttpApi');
      return request(target, `https://${api}.execute-api.us-east-1.amazonaws.com${route}`, options);
    };
    const sockets: Socket[] = [];
    const connect = async (query: Readonly<Record<string, string>>): Promise<Socket> => {
      const { target, stack } = app();
      const api = stack.resource('AWS::ApiGatewayV2::Api', 'WebSocketApi');
      const stage = stack.resource('AWS::ApiGatewayV2::Stage', 'WebSocketApi');
      const url = `wss://${api}.execute-api.us-east-1.amazonaws.com/${stage}`;
      const socket = await Socket.open(target, url, query);
      sockets.push(socket);
      return socket;
    };
    const exists = (id: string): Promise<unknown> =>
      eventually(`the row ${id}`, () => getRow(app().target, TABLE, { id }));

    beforeAll(() => app().iam('with IAM enforced'), TEST_TIMEOUT_MS);
    afterAll(() => Promise.all(sockets.map((socket) => socket.close())));

    test('loses nothing', () => {
      expect(reports['serverless']).not.toContain('Not carried over');
    });

    test('gives the answers that its handlers gave', async () => {
      const body = JSON.stringify({ id: 'one', text: 'hello' });
      const headers = { 'content-type': 'application/json' };

      expect(await call('/notes', { method: 'POST', headers, body })).toMatchObject({
        status: 201,
        body,
      });
      const { status, body: read } = await call('/notes/one');
      expect([status, JSON.parse(read)]).toEqual([200, { id: 'one', text: 'hello' }]);
      expect(await call('/notes/none')).toMatchObject({
        status: 404,
        body: '{"error":"not found"}',
      });
    });

    test('runs the functions of the queue and of the table’s stream', async () => {
      await exists('worked-one');
      await exists('audit-one');
    });

    test('its sockets connect, and get the answers of their routes', async () => {
      const socket = await connect({ name: 'ada' });

      socket.send({ action: 'say', text: 'hello' });

      const answer = await socket.message('the answer', () => true);
      expect(answer).toEqual({ route: 'say', said: 'hello' });
      expect(await getRow(app().target, TABLE, { id: 'connected-ada' })).toBeDefined();
    });

    test('a client that its handler refuses does not connect', async () => {
      await expect(connect({})).rejects.toThrow('refused with 403');
    });

    test('its function URL sends the events that the handler reads', async () => {
      const { target, stack } = app();
      const client = new LambdaClient(target.clientOptions);
      const FunctionName = stack.resource('AWS::Lambda::Function', 'Health');
      const { FunctionUrl = '' } = await client.send(
        new GetFunctionUrlConfigCommand({ FunctionName }),
      );

      const answer = await request(target, `${FunctionUrl}a/b`);

      expect(answer).toMatchObject({
        status: 200,
        body: '{"version":"2.0","path":"/a/b","method":"GET"}',
      });
    });

    test('its report names the shared permissions that each function keeps', () => {
      expect(reports['serverless']).toMatch(
        /functions\.say: of the shared statements .*: dynamodb:GetItem, dynamodb:PutItem\n/,
      );
    });
  },
);

describeDeployed('an app of SAM', { folder: folders.sam, stackName: 'items-app-dev' }, (app) => {
  beforeAll(() => app().iam('with IAM enforced'), TEST_TIMEOUT_MS);

  test('loses nothing', () => {
    expect(reports['sam']).not.toContain('Not carried over');
  });

  test('its REST API sends the events that the handler reads', async () => {
    const { target, stack } = app();
    const api = stack.resource('AWS::ApiGateway::RestApi');
    const url = `https://${api}.execute-api.us-east-1.amazonaws.com/Prod/items/a`;

    const answer = await request(target, url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'hello' }),
    });

    expect(answer).toMatchObject({ status: 200, body: '{"id":"a","method":"PUT"}' });
    expect(await getRow(target, stack.output('Table'), { id: 'a' })).toEqual({
      id: 'a',
      text: 'hello',
    });
  });

  test('an object runs its function', async () => {
    const { target, stack } = app();
    const storage = new S3Client(target.clientOptions);
    const put = (Key: string): Promise<unknown> =>
      storage.send(new PutObjectCommand({ Bucket: stack.output('Bucket'), Key, Body: 'x' }));
    const rowOf = (app: DeployedApp, id: string): Promise<unknown> =>
      getRow(app.target, stack.output('Table'), { id });

    await put('ignored.csv');
    await put('my file.txt');

    await eventually('the row of the object', () => rowOf(app(), 'my file.txt'));
    expect(await rowOf(app(), 'ignored.csv')).toBeUndefined();
  });
});
