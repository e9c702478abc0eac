import * as path from 'node:path';
import { eventually, testApp, type TestedApp } from 'cdk-serverless-app/testing';

let app: TestedApp;

beforeAll(async () => {
  app = await testApp({
    folder: path.join(__dirname, '..'),
    context: { stage: 'development' },
  });
}, 240_000);

test('an order can be read, and reaches the view of its customer', async () => {
  const order = { id: 'o-1', customer: 'ada', item: 'lamp', quantity: 2, priceCents: 1999 };
  const body = JSON.stringify(order);

  const created = await app.request('/orders', { method: 'POST', body });
  const read = await app.request('/orders/o-1');
  const orders = await eventually('the view of ada', async () => {
    const answer = await app.request('/orders?customer=ada');
    const { orders: found } = (await answer.json()) as { readonly orders: readonly unknown[] };
    return found.length > 0 && found;
  });

  expect(created.status).toBe(201);
  expect(await read.json()).toMatchObject({ ...order, totalCents: 3998 });
  expect(orders).toMatchObject([{ entry: 'o-1' }]);
}, 120_000);

test('an uploaded file is imported', async () => {
  const csv = 'id,customer,item,quantity,priceCents,placedAt\no-2,alan,desk,1,24900,';
  await app.upload('Uploads', 'uploads/today.csv', csv);

  const imported = await eventually('order o-2', async () => {
    const answer = await app.request('/orders/o-2');
    return answer.status === 200 && (await answer.json());
  });

  expect(imported).toMatchObject({ item: 'desk' });
}, 120_000);
