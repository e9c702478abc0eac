import { dayBefore } from '../../examples/orders/src/calendar';
import { describeDeployed, IAM_MODES, TEST_TIMEOUT_MS } from './support/deployed-app';
import { failedEvent, fireSchedule, request, SCHEDULE_PATIENCE, upload } from './support/drive';
import { eventually } from './support/eventually';
import { leftovers } from './support/leftovers';
import { getRow, Row } from './support/table-rows';

jest.setTimeout(TEST_TIMEOUT_MS);

const CSV_HEADER = 'id,customer,item,quantity,priceCents,placedAt';

describeDeployed(
  'examples/orders',
  {
    folder: 'examples/orders',
    stackName: 'Orders',
    context: { stage: 'development' },
    changeSets: true,
  },
  (app) => {
    const get = async (path: string): Promise<{ status: number; body: Row }> => {
      const { target, stack } = app();
      const { status, body } = await request(target, stack.output('Url') + path);
      return { status, body: JSON.parse(body) as Row };
    };
    const post = async (order: Row): Promise<{ status: number; body: Row }> => {
      const { target, stack } = app();
      const url = `${stack.output('Url')}orders`;
      const answer = await request(target, url, { method: 'POST', body: JSON.stringify(order) });
      return { status: answer.status, body: JSON.parse(answer.body) as Row };
    };
    const ordersOf = async (customer: string): Promise<readonly Row[]> =>
      (await get(`orders?customer=${customer}`)).body.orders as Row[];

    describe.each(IAM_MODES)('%s', (mode) => {
      const name = (text: string): string => `${text}-${mode.replaceAll(' ', '-')}`;
      const ada = { customer: name('ada'), item: 'lamp', quantity: 2, priceCents: 1999 };

      beforeAll(() => app().iam(mode), TEST_TIMEOUT_MS);

      test('a request creates an order, and another one reads it', async () => {
        const created = await post({ ...ada, id: name('first') });
        const read = await get(`orders/${name('first')}`);

        expect(created.status).toBe(201);
        expect(read).toEqual({ status: 200, body: created.body });
        expect(read.body.totalCents).toBe(3998);
      });

      test('a request that the handler refuses is answered, not failed', async () => {
        expect((await post({ ...ada, quantity: 0 })).status).toBe(400);
        expect((await post({ ...ada, id: name('first') })).status).toBe(409);
        expect((await get(`orders/${name('none')}`)).status).toBe(404);
      });

      test('a change of the table reaches the view', async () => {
        const customer = name('barbara');
        await post({ ...ada, customer, id: name('second') });

        const orders = await eventually(`a view of ${customer}`, async () => {
          const found = await ordersOf(customer);
          return found.length > 0 && found;
        });

        expect(orders).toMatchObject([{ entry: name('second'), totalCents: 3998 }]);
      });

      test('an uploaded file is imported, and its failures end in the failure queue', async () => {
        const { target, stack } = app();
        const key = `uploads/${name('orders of today')}.csv`;
        const rows = [`${name('c1')},${name('alan')},"desk, oak",1,24900,`, `${name('c2')},,,,,`];

        await upload(
          target,
          stack.output('UploadsBucket'),
          key,
          [CSV_HEADER, ...rows].join('\r\n'),
        );

        const failed = await failedEvent(
          target,
          stack.output('FailureQueue'),
          stack.functionName('ImportOrders'),
        );
        expect((await get(`orders/${name('c1')}`)).body).toMatchObject({ item: 'desk, oak' });
        expect(failed.responsePayload?.errorMessage).toMatch(`${key}: 1 of 2 rows: line 3`);
        expect(failed.requestPayload).toMatchObject({
          Records: [{ s3: { object: { key: key.replaceAll(' ', '+') } } }],
        });
      });

      test('a file under uploads/ that is no CSV file runs nothing', async () => {
        const { target, stack } = app();
        const row = `${name('d1')},${name('ida')},lamp,1,100,`;
        const file = [CSV_HEADER, row].join('\n');
        await upload(target, stack.output('UploadsBucket'), 'uploads/orders.txt', file);
        await upload(target, stack.output('UploadsBucket'), 'other/orders.csv', file);
        // What comes after them is imported, so they have been passed over.
        await upload(
          target,
          stack.output('UploadsBucket'),
          'uploads/after.csv',
          file.replace('d1', 'd2'),
        );

        await eventually('the right file is imported', async () => {
          return (await get(`orders/${name('d2')}`)).status === 200;
        });

        expect((await get(`orders/${name('d1')}`)).status).toBe(404);
      });

      test('the schedule closes the day', async () => {
        const { target, stack } = app();
        const yesterday = dayBefore(new Date());
        const started = new Date().toISOString();
        await post({ ...ada, id: name('old'), placedAt: `${yesterday}T10:00:00Z` });

        await fireSchedule(target, stack, 'CloseDay');

        const summary = await eventually(
          `a summary of ${yesterday}`,
          async () => {
            const key = { view: 'days', entry: yesterday };
            const row = await getRow(target, stack.output('ViewsTable'), key);
            return String(row?.closedAt) > started && row;
          },
          SCHEDULE_PATIENCE,
        );
        const orders = IAM_MODES.indexOf(mode) + 1;
        expect(summary).toMatchObject({ orders, totalCents: orders * 3998 });
      });
    });

    test('a second deployment changes nothing', async () => {
      expect(await app().deployAgain()).toMatch('Orders (no changes)');
    });

    test('in development, destroy leaves nothing behind', async () => {
      const { target, stack } = app();

      await app().destroy();

      expect(await leftovers(target, stack.resources)).toEqual([]);
    });
  },
);
