import { App, Duration, Stack } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ColdStart, ServerlessApp } from 'cdk-serverless-app';

const stack = new Stack(new App(), 'Orders');
const app = new ServerlessApp(stack, 'App', {
  root: '../handlers',
  notify: ['ops@example.com'],
});

const orders = app.addTable('Orders', { partitionKey: 'id' });

app
  .onRequest('POST /orders', 'create_order.py', {
    coldStart: ColdStart.provisioned({ min: 1, max: 5 }),
  })
  .writes(orders);

app.onTableChange(orders, 'announce_order.py', { batchSize: 10 });

app
  .onSchedule(ScheduleExpression.rate(Duration.hours(24)), 'close_day.py', {
    timeout: Duration.minutes(2),
  })
  .reads(orders);
