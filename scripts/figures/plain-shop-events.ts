import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction, NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  Choice,
  Condition,
  DefinitionBody,
  StateMachine,
  Succeed,
  TaskInput,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

/** examples/shop-events without this library: the same functions, events, retries, failure queues and permissions. */
export class PlainShopEventsStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);

    const failures = new Queue(this, 'Failures', { retentionPeriod: Duration.days(14) });
    const orders = new TableV2(this, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
    });
    const shop = new EventBus(this, 'Shop');
    shop.archive('Archive', {
      eventPattern: { account: [this.account] },
      retention: Duration.days(30),
    });
    // Payments of one customer are taken one after the other; a poison message holds up no other customer.
    const payments = new Queue(this, 'Payments', {
      fifo: true,
      visibilityTimeout: Duration.seconds(30),
      deadLetterQueue: {
        queue: new Queue(this, 'PaymentFailures', {
          fifo: true,
          retentionPeriod: Duration.days(14),
        }),
        maxReceiveCount: 5,
      },
    });
    const news = new Topic(this, 'News');
    const ofOrders = { ORDERS_TABLE_NAME: orders.tableName };
    const ofShop = { SHOP_EVENT_BUS_NAME: shop.eventBusName };
    const onFailure = new SqsDestination(failures);

    const getOrder = this.function('GetOrder', 'get-order.ts', { environment: ofOrders });
    const createOrder = this.function('CreateOrder', 'create-order.ts', {
      environment: { ...ofOrders, ...ofShop },
    });
    const requestPayment = this.function('RequestPayment', 'request-payment.ts', {
      environment: { PAYMENTS_QUEUE_URL: payments.queueUrl },
      onFailure,
    });
    const takePayment = this.function('TakePayment', 'take-payment.ts', {
      environment: { ...ofOrders, ...ofShop },
      timeout: Duration.seconds(5),
    });
    const announce = this.function('Announce', 'announce.ts', {
      environment: { NEWS_TOPIC_ARN: news.topicArn },
      onFailure,
    });
    const sendReceipt = this.function('SendReceipt', 'send-receipt.ts', {
      environment: ofOrders,
      onFailure,
    });
    const packOrder = this.function('PackOrder', 'pack-order.ts', { environment: ofOrders });

    orders.grantReadData(getOrder);
    for (const fn of [createOrder, takePayment, sendReceipt, packOrder]) {
      orders.grantWriteData(fn);
    }
    shop.grantPutEventsTo(createOrder);
    shop.grantPutEventsTo(takePayment);
    payments.grantSendMessages(requestPayment);
    news.grantPublish(announce);

    const api = new HttpApi(this, 'Api');
    api.addRoutes({
      path: '/orders/{id}',
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration('GetOrder', getOrder),
    });
    api.addRoutes({
      path: '/orders',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('CreateOrder', createOrder),
    });
    takePayment.addEventSource(new SqsEventSource(payments, { reportBatchItemFailures: true }));
    news.addSubscription(
      new LambdaSubscription(sendReceipt, {
        deadLetterQueue: failures,
        filterPolicy: { receipt: SubscriptionFilter.stringFilter({ allowlist: ['yes'] }) },
      }),
    );
    const delivery = {
      deadLetterQueue: failures,
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
    };
    new Rule(this, 'OrderPlaced', {
      eventBus: shop,
      eventPattern: { source: ['shop'], detailType: ['OrderPlaced'] },
      targets: [new LambdaFunction(requestPayment, delivery)],
    });
    new Rule(this, 'OrderPaid', {
      eventBus: shop,
      eventPattern: { source: ['shop'], detailType: ['OrderPaid'] },
      targets: [
        new LambdaFunction(announce, delivery),
        new SfnStateMachine(this.fulfilment(packOrder), delivery),
      ],
    });

    new CfnOutput(this, 'Url', { value: api.apiEndpoint });
    new CfnOutput(this, 'OrdersTable', { value: orders.tableName });
    new CfnOutput(this, 'Bus', { value: shop.eventBusName });
    new CfnOutput(this, 'NewsTopic', { value: news.topicArn });
    new CfnOutput(this, 'FailureQueue', { value: failures.queueUrl });
  }

  private function(id: string, file: string, props: NodejsFunctionProps): NodejsFunction {
    return new NodejsFunction(this, id, {
      entry: `examples/shop-events/src/${file}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1024,
      timeout: Duration.seconds(10),
      ...props,
    });
  }

  /** Packs an order that is paid; many parcels wait for a colleague who helps to carry them. */
  private fulfilment(packOrder: NodejsFunction): StateMachine {
    const pack = new LambdaInvoke(this, 'Pack', {
      lambdaFunction: packOrder,
      payload: TaskInput.fromJsonPathAt('$.detail'),
      outputPath: '$.Payload',
    });
    const shipped = new Succeed(this, 'Shipped');
    const colleague = new Wait(this, 'WaitForColleague', {
      time: WaitTime.duration(Duration.seconds(1)),
    });
    const steps = pack.next(
      new Choice(this, 'ManyParcels')
        .when(Condition.numberGreaterThan('$.parcels', 3), colleague.next(shipped))
        .otherwise(shipped),
    );
    return new StateMachine(this, 'FulfilmentMachine', {
      definitionBody: DefinitionBody.fromChainable(steps),
      timeout: Duration.minutes(5),
    });
  }
}
