import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import { AppStage, RequestTarget, ServerlessApp } from 'cdk-serverless-app';
import { Construct } from 'constructs';
import { SHIPMENT_SCHEMA } from './schema';

export interface PartnerApiStackProps extends StackProps {
  readonly stage?: AppStage;
}

/** Partners announce shipments, each with a key of its own, and ask where they are. */
export class PartnerApiStack extends Stack {
  constructor(scope: Construct, id: string, props: PartnerApiStackProps = {}) {
    super(scope, id, props);

    const app = new ServerlessApp(this, 'Partners', {
      stage: props.stage,
      root: __dirname,
      rest: {
        apiKeyRequired: true,
        usagePlans: {
          Partners: {
            apiKeys: ['Acme', 'Globex'],
            throttle: { rateLimit: 20, burstLimit: 40 },
            quota: { limit: 100_000 }, // a month, for each key
          },
        },
      },
    });
    const shipments = app.addTable('Shipments', { partitionKey: 'id' });
    const announced = app.addQueue('Announced');

    // No function takes the announcement: API Gateway checks it and puts it into the queue.
    app.forwardRequest('POST /shipments', RequestTarget.queue(announced), {
      validate: { body: SHIPMENT_SCHEMA },
    });
    app.onMessage(announced, 'src/save-shipments.ts').writes(shipments);
    app.onRequest('GET /shipments/{id}', 'src/get-shipment.ts').reads(shipments);
    app
      .onRequest('GET /shipments', 'src/list-shipments.ts', {
        validate: { requiredQuery: ['carrier'] },
      })
      .reads(shipments);

    new CfnOutput(this, 'Url', { value: app.url });
    new CfnOutput(this, 'ShipmentsTable', { value: shipments.tableName });
    new CfnOutput(this, 'FailureQueue', { value: app.failureQueue.queueUrl });
  }
}
