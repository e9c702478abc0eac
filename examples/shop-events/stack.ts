import { CfnOutput, Duration, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
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
import { Access, AppFunction, AppStage, ServerlessApp } from 'cdk-serverless-app';
import { Construct } from 'constructs';

const VERSIONS = 'the versions of one function, as the CDK grants it to a step';

export interface ShopEventsStackProps extends StackProps {
  readonly stage?: AppStage;
}

/** An order becomes an event; payments are taken in order; each payment becomes an event, and that event a message of a topic. */
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

    const packOrder = app.addFunction('PackOrder', { entry: 'src/pack-order.ts' }).writes(orders);
    app
      .addWorkflow('Fulfilment', this.fulfilment(packOrder))
      .onEvent({ source: ['shop'], detailType: ['OrderPaid'] }, { eventBus: shop });

    new CfnOutput(this, 'Url', { value: app.url });
    new CfnOutput(this, 'OrdersTable', { value: orders.tableName });
    new CfnOutput(this, 'Bus', { value: shop.eventBusName });
    new CfnOutput(this, 'NewsTopic', { value: news.topicArn });
    new CfnOutput(this, 'FailureQueue', { value: app.failureQueue.queueUrl });
  }

  /** Packs an order that is paid; many parcels wait for a colleague who helps to carry them. */
  private fulfilment(packOrder: AppFunction): StateMachine {
    const pack = new LambdaInvoke(this, 'Pack', {
      lambdaFunction: packOrder.target, // the alias, if the function has one
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
    const machine = new StateMachine(this, 'FulfilmentMachine', {
      definitionBody: DefinitionBody.fromChainable(steps),
      timeout: Duration.minutes(5),
    });
    // cdk-nag: the machine is this stack's, so the stack answers for it.
    const history =
      'AWS keeps the history of each execution for 90 days, with every step and its times';
    for (const [id, reason] of [
      ['AwsSolutions-SF1', history],
      ['AwsSolutions-SF2', history],
      ['Serverless-StepFunctionStateMachineXray', history],
      ['AwsSolutions-IAM5[Resource::<ShopPackOrderFunction5B66F527.Arn>:*]', VERSIONS],
    ] as const) {
      Validations.of(machine).acknowledge({ id, reason });
    }
    return machine;
  }
}
