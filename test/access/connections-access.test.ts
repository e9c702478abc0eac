import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { Access, ConnectionOperation, ServerlessApp } from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { identityStatements } from '../support/policies';
import { quickApp, resources } from '../support/synth';

function pusher(
  options: Parameters<typeof Access.manageConnections>[1] = {},
  stageOf: (app: ServerlessApp, stack: Stack) => apigateway.IWebSocketStage = (app) =>
    app.webSocketStage,
): { app: ServerlessApp; stack: Stack; statements: string[] } {
  const { app, stack } = quickApp();
  app
    .addFunction('Push', { entry: 'ok.ts' })
    .addAccess(Access.manageConnections(stageOf(app, stack), options));
  const statements = identityStatements(stack)
    .filter(({ actions }) => actions.includes('execute-api:ManageConnections'))
    .flatMap((statement) => statement.resources.map((resource) => JSON.stringify(resource)));
  return { app, stack, statements };
}

const variables = (stack: Stack): string =>
  JSON.stringify(
    Object.values(resources(stack, 'AWS::Lambda::Function'))[0]?.Properties?.['Environment'],
  );

describe('access to the connections of a WebSocket API', () => {
  test('lets the function send, on the stage alone', () => {
    const { statements } = pusher();

    expect(statements).toHaveLength(1);
    expect(statements[0]).toContain('/live/POST/@connections/*');
    expect(statements[0]).toContain('AppWebSocketApi');
  });

  test('sets the address that the SDK takes as its endpoint', () => {
    const { stack } = pusher();

    expect(variables(stack)).toMatch(/"WEB_SOCKET_ENDPOINT":\{"Fn::Join":\["",\["https:\/\//);
    expect(variables(stack)).toContain('"/live"');
  });

  test('grants the operations that are named', () => {
    const { statements } = pusher({
      operations: [
        ConnectionOperation.SEND,
        ConnectionOperation.DISCONNECT,
        ConnectionOperation.GET,
      ],
    });

    expect(statements.map((text) => /\/([A-Z]+)\/@connections/.exec(text)?.[1])).toEqual([
      'DELETE',
      'GET',
      'POST',
    ]);
  });

  test('works for a stage of the user’s, under another name', () => {
    const { stack, statements } = pusher(
      { environmentVariable: 'PUSH_TO' },
      (_app, stack) =>
        new apigateway.WebSocketStage(stack, 'Theirs', {
          webSocketApi: new apigateway.WebSocketApi(stack, 'Api'),
          stageName: 'v1',
        }),
    );

    expect(statements[0]).toContain('/v1/POST/@connections/*');
    expect(variables(stack)).toContain('"PUSH_TO"');
  });

  test('is in the model, with what it allows beyond sending', () => {
    const model = (operations?: ConnectionOperation[]): unknown =>
      AppContext.of(pusher({ operations }).app).model.functions[0]?.access;

    expect(model()).toMatchObject([
      { kind: 'webSocketConnections', path: 'Test/App/WebSocketApi', level: 'send' },
    ]);
    expect(model([ConnectionOperation.DISCONNECT])).toMatchObject([{ part: 'disconnect' }]);
  });

  test.each<[string, () => unknown]>([
    ['`functions.Push.access.stage`', () => pusher({}, () => ({}) as apigateway.IWebSocketStage)],
    ['`functions.Push.access.operations.length`', () => pusher({ operations: [] })],
    ['`functions.Push.access.operations[0]`', () => pusher({ operations: ['*' as never] })],
  ])('fails with %s', (prop, make) => {
    expect(make).toThrow(prop);
  });
});
