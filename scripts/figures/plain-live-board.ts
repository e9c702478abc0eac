import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  Distribution,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Architecture, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, S3OnFailureDestination } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';

/** examples/live-board without this library: the same functions, routes, site, retries, failed records and permissions. */
export class PlainLiveBoardStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);

    const failures = new Bucket(this, 'Failures', {
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    const notes = new TableV2(this, 'Notes', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    const connections = new TableV2(this, 'Connections', {
      partitionKey: { name: 'connectionId', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
    });
    const ofNotes = { NOTES_TABLE_NAME: notes.tableName };
    const ofConnections = { CONNECTIONS_TABLE_NAME: connections.tableName };

    const checkName = this.function('CheckName', 'check-name.ts');
    const trackConnection = this.function('TrackConnection', 'track-connection.ts', ofConnections);
    const listNotes = this.function('ListNotes', 'list-notes.ts', ofNotes);
    const putNote = this.function('PutNote', 'put-note.ts', ofNotes);
    const refuseMessage = this.function('RefuseMessage', 'refuse-message.ts');
    const pushChanges = this.function('PushChanges', 'push-changes.ts', ofConnections);

    connections.grantWriteData(trackConnection);
    connections.grantReadWriteData(pushChanges);
    notes.grantReadData(listNotes);
    notes.grantWriteData(putNote);

    const api = new WebSocketApi(this, 'Api', {
      connectRouteOptions: {
        integration: new WebSocketLambdaIntegration('Connect', trackConnection),
        authorizer: new WebSocketLambdaAuthorizer('Name', checkName, {
          identitySource: ['route.request.querystring.name'],
        }),
      },
      disconnectRouteOptions: {
        integration: new WebSocketLambdaIntegration('Disconnect', trackConnection),
      },
      defaultRouteOptions: {
        integration: new WebSocketLambdaIntegration('Refuse', refuseMessage),
      },
    });
    api.addRoute('list', {
      integration: new WebSocketLambdaIntegration('List', listNotes),
      returnResponse: true,
    });
    api.addRoute('put', { integration: new WebSocketLambdaIntegration('Put', putNote) });
    const stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: api,
      stageName: 'live',
      autoDeploy: true,
    });
    for (const fn of [refuseMessage, pushChanges]) {
      stage.grantManagementApiAccess(fn);
      fn.addEnvironment('WEB_SOCKET_ENDPOINT', stage.callbackUrl);
    }
    pushChanges.addEventSource(
      new DynamoEventSource(notes, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        retryAttempts: 5,
        maxRecordAge: Duration.hours(24),
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        onFailure: new S3OnFailureDestination(failures),
      }),
    );

    const files = new Bucket(this, 'Files');
    const distribution = new Distribution(this, 'Distribution', {
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(files),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
      },
    });
    new BucketDeployment(this, 'Upload', {
      sources: [Source.asset('examples/live-board/web')],
      destinationBucket: files,
      distribution,
    });

    // The page finds the address of the API behind the `#`.
    const page = `https://${distribution.distributionDomainName}/`;
    new CfnOutput(this, 'Page', { value: `${page}#${stage.url}` });
    new CfnOutput(this, 'Url', { value: stage.url });
    new CfnOutput(this, 'NotesTable', { value: notes.tableName });
    new CfnOutput(this, 'ConnectionsTable', { value: connections.tableName });
  }

  private function(
    id: string,
    file: string,
    environment: Record<string, string> = {},
  ): NodejsFunction {
    return new NodejsFunction(this, id, {
      entry: `examples/live-board/src/${file}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1024,
      timeout: Duration.seconds(10),
      environment,
    });
  }
}
