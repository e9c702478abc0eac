import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { HttpNoneAuthorizer, PayloadFormatVersion } from 'aws-cdk-lib/aws-apigatewayv2';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { AppStage, ServerlessApp } from 'cdk-serverless-app';
import { Construct } from 'constructs';

export interface WebHonoStackProps extends StackProps {
  readonly stage?: AppStage;
}

/** Handlers to the web standard: a Hono app with notes, and a module with `fetch` behind a route and a function URL. */
export class WebHonoStack extends Stack {
  constructor(scope: Construct, id: string, props: WebHonoStackProps = {}) {
    super(scope, id, props);

    const app = new ServerlessApp(this, 'Web', {
      stage: props.stage,
      root: __dirname,
      http: { authorizer: new HttpNoneAuthorizer() }, // open to everybody
    });
    const notes = app.addTable('Notes', { partitionKey: 'id' });

    app.onRequests(['ANY /notes', 'ANY /notes/{proxy+}'], 'src/notes-api.ts').readsAndWrites(notes);
    app.onRequest('ANY /echo/{proxy+}', 'src/echo.ts', {
      environment: { GREETING: 'hello' },
      payloadFormat: PayloadFormatVersion.VERSION_1_0,
    });
    const own = app.onFunctionUrl('src/echo.ts', {
      id: 'EchoUrl',
      environment: { GREETING: 'hello from my own URL' },
      authType: FunctionUrlAuthType.NONE,
    });

    new CfnOutput(this, 'Url', { value: app.url });
    new CfnOutput(this, 'EchoUrl', { value: own.functionUrl.url });
  }
}
