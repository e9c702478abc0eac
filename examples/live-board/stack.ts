import { CfnOutput, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Access, AppStage, ConnectionOperation, ServerlessApp } from 'cdk-serverless-app';
import { Construct } from 'constructs';

export interface LiveBoardStackProps extends StackProps {
  readonly stage?: AppStage;
}

/** A board of notes: who looks at it sees each change at once. */
export class LiveBoardStack extends Stack {
  constructor(scope: Construct, id: string, props: LiveBoardStackProps = {}) {
    super(scope, id, props);

    const app = new ServerlessApp(this, 'Board', {
      stage: props.stage,
      root: __dirname,
      webSocket: { accessLog: false }, // it would need a role of the account: `accountLogRole`
    });
    // cdk-nag: an API without an access log
    for (const id of ['AwsSolutions-APIG1', 'Serverless-APIGWAccessLogging']) {
      const reason = 'a demonstration, which must deploy in an account without that role';
      Validations.of(app.webSocketStage).acknowledge({ id, reason });
    }
    const notes = app.addTable('Notes', { partitionKey: 'id' });
    const connections = app.addConnectionsTable('Connections');
    const guard = app.addFunction('CheckName', { entry: 'src/check-name.ts' });

    app
      .onSockets(['$connect', '$disconnect'], 'src/track-connection.ts', {
        authorizer: new WebSocketLambdaAuthorizer('Name', guard.target, {
          identitySource: ['route.request.querystring.name'],
        }),
      })
      .writes(connections);
    app.onSocket('list', 'src/list-notes.ts', { returnsResponse: true }).reads(notes);
    app.onSocket('put', 'src/put-note.ts').writes(notes);
    app.onSocket('$default', 'src/refuse-message.ts').addAccess(
      Access.manageConnections(app.webSocketStage, {
        operations: [ConnectionOperation.SEND, ConnectionOperation.DISCONNECT],
      }),
    );
    app
      .onTableChange(notes, 'src/push-changes.ts')
      .readsAndWrites(connections)
      .addAccess(Access.manageConnections(app.webSocketStage));

    const site = app.addSite('web');

    // The page finds the address of the API behind the `#`.
    new CfnOutput(this, 'Page', { value: `${site.url}#${app.webSocketStage.url}` });
    new CfnOutput(this, 'Url', { value: app.webSocketStage.url });
    new CfnOutput(this, 'NotesTable', { value: notes.tableName });
    new CfnOutput(this, 'ConnectionsTable', { value: connections.tableName });
  }
}
