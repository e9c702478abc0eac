import { App, Stack, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ServerlessApp } from 'cdk-serverless-app';

const stack = new Stack(new App(), 'Orders');
const app = new ServerlessApp(stack, 'Orders', { root: __dirname });
const orders = app.addTable('Orders', { partitionKey: 'id' });
const uploads = app.addBucket('Uploads');

app.onRequest('GET /orders/{id}', 'src/get-order.ts').reads(orders);
app.onRequest('GET /orders', 'src/list-orders.ts').reads(orders);
app.onRequest('POST /orders', 'src/create-order.ts').writes(orders);
app.onTableChange(orders, 'src/project-order.ts');
app
  .onObjectCreated(uploads, 'src/import-orders.ts', { prefix: 'uploads/', suffix: '.csv' })
  .reads(uploads)
  .writes(orders);
app
  .onSchedule(
    ScheduleExpression.cron({ hour: '2', minute: '0', timeZone: TimeZone.EUROPE_WARSAW }),
    'src/close-day.ts',
  )
  .reads(orders);
