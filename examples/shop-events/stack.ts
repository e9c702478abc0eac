import { CfnOutput, Duration, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { Access, AppStage, ServerlessApp } from 'cdk-serverless-app';
import { Construct } from 'constructs';

export interface ShopEventsStackProps extends StackProps {
  readonly stage?: AppStage;
}

/** An order becomes an event, the event a payment in order, the payment an event, and that one news. */
export class ShopEventsStack extends Stack {
  constructor(scope: Construct, id: string, props: ShopEventsStackProps = {}) {
    super(scope, id, props);

    const app = new ServerlessApp(this, 'Shop', {
      stage: props.stage,
      root: __dirname,
      http: { authorizer: new HttpNoneAuthorizer() }, // a demonstration: open to everybody
    });
    Validations.of(app).acknowledge({
      id: 'AwsSolutions-APIG4', // cdk-nag: routes without authorization
      reason: 'a demonstration: anybody may order, within the throttle of the API',
    });
    const orders = app.addTable('Orders', { partitionKey: 'id' });
    const shop = app.addEventBus('Shop', { archiveRetention: Duration.days(30) });
    // Payments of one customer are taken one after the other; a poison message holds up no other customer.
    const payments = app.addQueue('Payments', { fifo: true });
    const news = app.addTopic('News');
    const puts = (detailType: string): Access =>
      Access.putEvents(shop, { detailTypes: [detailType] });

    app.onRequest('GET /orders/{id}', 'src/get-order.ts').reads(orders);
    app
      .onRequest('POST /orders', 'src/create-order.ts')
      .writes(orders)
      .addAccess(puts('OrderPlaced'));
    app
      .onEvent({ source: ['shop'], detailType: ['OrderPlaced'] }, 'src/request-payment.ts', {
        eventBus: shop,
      })
      .sends(payments);
    app
      .onMessage(payments, 'src/take-payment.ts', { timeout: Duration.seconds(5) })
      .writes(orders)
      .addAccess(puts('OrderPaid'));
    app
      .onEvent({ source: ['shop'], detailType: ['OrderPaid'] }, 'src/announce.ts', {
        eventBus: shop,
      })
      .publishes(news);
    app
      .onNotification(news, 'src/send-receipt.ts', {
        filterPolicy: { receipt: SubscriptionFilter.stringFilter({ allowlist: ['yes'] }) },
      })
      .writes(orders);

    new CfnOutput(this, 'Url', { value: app.url });
    new CfnOutput(this, 'OrdersTable', { value: orders.tableName });
    new CfnOutput(this, 'Bus', { value: shop.eventBusName });
    new CfnOutput(this, 'NewsTopic', { value: news.topicArn });
    new CfnOutput(this, 'FailureQueue', { value: app.failureQueue.queueUrl });
  }
}
