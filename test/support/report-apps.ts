import { Duration, Stage } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ColdStart, ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { AppModel } from '../../lib/model/app-model';
import { fs, quickApp } from './synth';

/** The folder that an app was synthesized into. */
export function assemblyOf(app: ServerlessApp): string {
  return Stage.of(app)?.synth().directory ?? '';
}

/** The model of an app from the cloud assembly. */
export function modelOf(
  declare: (app: ServerlessApp) => void,
  props: ServerlessAppProps = {},
): AppModel {
  const { app } = quickApp({ estimate: { print: false }, ...props });
  declare(app);
  return JSON.parse(
    fs.readFileSync(`${assemblyOf(app)}/Test.App.serverless-app.json`, 'utf8'),
  ) as AppModel;
}

/** Six functions with every kind of event and failure, one of them with provisioned concurrency. */
export function sixFunctions(app: ServerlessApp): void {
  const orders = app.addTable('Orders', { partitionKey: 'id' });
  const views = app.addTable('Views', { partitionKey: 'id' });
  const uploads = app.addBucket('Uploads');
  app.onRequest('GET /orders/{id}', 'ok.ts', { id: 'GetOrder' }).reads(orders);
  app.onRequest('GET /orders', 'ok.ts', { id: 'ListOrders' }).reads(views);
  app
    .onRequest('POST /orders', 'ok.ts', {
      id: 'CreateOrder',
      coldStart: ColdStart.provisioned({ min: 2, max: 20 }),
    })
    .writes(orders);
  app.onTableChange(orders, 'ok.ts', { id: 'ProjectOrder' }).writes(views);
  app
    .onObjectCreated(uploads, 'ok.ts', { id: 'ImportOrders', prefix: 'uploads/', suffix: '.csv' })
    .reads(uploads)
    .writes(orders);
  app
    .onSchedule(ScheduleExpression.rate(Duration.hours(24)), 'ok.ts', { id: 'CloseDay' })
    .readsAndWrites(views);
}

/** A model of so many functions, derived from another model: synthesizing so many functions takes seconds and tests nothing more. */
export function manyFunctions(model: AppModel, many: number): AppModel {
  const functions = Array.from({ length: many }, (_, i) => {
    const fn = model.functions[i % model.functions.length];
    if (fn === undefined) {
      throw new Error('the model has no function');
    }
    return {
      ...fn,
      id: `${fn.id}OfDepartment${i}`,
      triggers: fn.triggers.map((trigger) =>
        trigger.kind === 'http' ? { ...trigger, source: `${trigger.source}/${i}` } : trigger,
      ),
    };
  });
  return { ...model, functions };
}
