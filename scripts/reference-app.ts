import { App, Stack, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ServerlessApp } from 'cdk-serverless-app';

// The app that is counted: three HTTP functions, a stream, an upload, a schedule; a table and a bucket.
export const cdk = new App();
const app = new ServerlessApp(new Stack(cdk, 'Reference'), 'Orders', { root: 'examples/orders' });
const orders = app.addTable('Orders', { partitionKey: 'id' });
const uploads = app.addBucket('Uploads');

app.onRequest('GET /orders/{id}', 'src/get-order.ts').reads(orders);
app.onRequest('GET /orders', 'src/list-orders.ts').reads(orders);
app.onRequest('POST /orders', 'src/create-order.ts').writes(orders);
app.onTableChange(orders, 'src/project-order.ts');
const csv = { prefix: 'uploads/', suffix: '.csv' };
app.onObjectCreated(uploads, 'src/import-orders.ts', csv).reads(uploads).writes(orders);
const night = ScheduleExpression.cron({ hour: '2', minute: '0', timeZone: TimeZone.EUROPE_WARSAW });
app.onSchedule(night, 'src/close-day.ts').reads(orders);
