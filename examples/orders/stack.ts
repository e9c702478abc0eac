import { CfnOutput, Stack, StackProps, TimeZone, Validations } from 'aws-cdk-lib';
import { HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AppStage, Budget, ColdStart, ServerlessApp } from 'cdk-serverless-app';
import { Construct } from 'constructs';

export interface OrdersStackProps extends StackProps {
  readonly stage?: AppStage;
}

/** Orders come in over HTTP and as CSV files; views of them follow, and every night the day is closed. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props: OrdersStackProps = {}) {
    super(scope, id, props);

    const app = new ServerlessApp(this, 'Orders', {
      stage: props.stage,
      root: __dirname,
      notify: ['ops@example.com'], // who gets a mail when something is wrong
      budget: Budget.monthly(200), // and before the money is gone
      http: { authorizer: new HttpNoneAuthorizer() }, // a shop window: anybody may order
    });
    Validations.of(app).acknowledge({
      id: 'AwsSolutions-APIG4', // cdk-nag: routes without authorization
      reason: 'a shop window: anybody may look and order, within the throttle of the API',
    });
    const byDay = { indexName: 'byDay', partitionKey: { name: 'day', type: AttributeType.STRING } };
    const orders = app.addTable('Orders', { partitionKey: 'id', globalSecondaryIndexes: [byDay] });
    const views = app.addTable('Views', { partitionKey: 'view', sortKey: 'entry' });
    const uploads = app.addBucket('Uploads');

    app.onRequest('GET /orders/{id}', 'src/get-order.ts').reads(orders);
    app.onRequest('GET /orders', 'src/list-orders.ts').reads(views);
    app
      .onRequest('POST /orders', 'src/create-order.ts', {
        coldStart: ColdStart.provisioned({ min: 2, max: 20 }), // customers do not wait for a cold start
      })
      .writes(orders);
    app.onTableChange(orders, 'src/project-order.ts').writes(views);
    app
      .onObjectCreated(uploads, 'src/import-orders.ts', { prefix: 'uploads/', suffix: '.csv' })
      .reads(uploads)
      .writes(orders);
    app
      .onSchedule(
        ScheduleExpression.cron({ hour: '2', minute: '0', timeZone: TimeZone.EUROPE_WARSAW }),
        'src/close-day.ts',
      )
      .reads(orders)
      .writes(views);

    new CfnOutput(this, 'Url', { value: app.url });
    new CfnOutput(this, 'OrdersTable', { value: orders.tableName });
    new CfnOutput(this, 'ViewsTable', { value: views.tableName });
    new CfnOutput(this, 'UploadsBucket', { value: uploads.bucketName });
    new CfnOutput(this, 'FailureQueue', { value: app.failureQueue.queueUrl });
  }
}
