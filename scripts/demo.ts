/**
 * `npm run demo`: deploys examples/orders with the real CDK to an emulator of AWS on this machine, sends every kind of event
 * through it, shows what each one did, and cleans up. With `AWS_ENDPOINT_URL` in the environment it uses the emulator there.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as path from 'node:path';
import { dayBefore } from '../examples/orders/src/calendar';
import { DAYS_VIEW } from '../examples/orders/src/views';
import { CdkCli } from '../test/deploy/support/cdk-cli';
import { DeployedStack } from '../test/deploy/support/deployed-stack';
import {
  emptyBucket,
  failedEvent,
  fireSchedule,
  request,
  upload,
} from '../test/deploy/support/drive';
import { REPOSITORY } from '../test/deploy/support/folders';
import { eventually } from '../test/deploy/support/eventually';
import { obstacle, REAL_ACCOUNT, Target } from '../test/deploy/support/target';

const EXAMPLE = path.join(REPOSITORY, 'examples', 'orders');
const SYNTH_ONLY =
  'To see the CloudFormation template without it: npx cdk synth (in the repository, for examples/orders).';

// About the version of Node.js here, which is not the one that the functions get on AWS.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const started = Date.now();

async function main(): Promise<void> {
  const missing = REAL_ACCOUNT ? 'The demo is for an emulator, not for an account.' : obstacle();
  if (missing !== undefined) {
    console.error(`${missing}\n${SYNTH_ONLY}`);
    process.exitCode = 1;
    return;
  }
  console.log(
    'examples/orders, deployed by the real CDK to an emulator of AWS: no account, no Docker.\n',
  );
  progress('cdk synth; meanwhile the emulator starts (installed into .emulator/ the first time)');
  const target = await Target.open();
  ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, () => void interrupted(target)));
  const cdk = new CdkCli(target, { folder: EXAMPLE, context: { stage: 'development' } });
  try {
    await Promise.all([cdk.synth(), target.bootstrap()]);
    progress(`cdk deploy to ${target.description}`);
    await cdk.deploy();
    const stack = await DeployedStack.get(target, 'Orders');
    progress(`deployed ${stack.resources.length} resources; now the events\n`);
    await sendEvents(target, stack);
    progress('cdk destroy');
    await emptyBucket(target, stack.output('UploadsBucket'));
    await cdk.destroy();
  } finally {
    cdk.close();
    await target.close();
  }
  progress('done; nothing is left running');
}

async function interrupted(target: Target): Promise<void> {
  await target.close();
  console.error('\nstopped; nothing is left running');
  process.exit(130);
}

async function sendEvents(target: Target, stack: DeployedStack): Promise<void> {
  const url = stack.output('Url');
  const yesterday = dayBefore(new Date());

  heading('An HTTP request', 'POST /orders');
  const order = { customer: 'ada', item: 'lamp', quantity: 2, priceCents: 1999 };
  const body = JSON.stringify(order);
  const created = await request(target, `${url}orders`, { method: 'POST', body });
  const { id } = JSON.parse(created.body) as { id: string };
  sent(body);
  did(`create-order.ts answered ${created.status}`, created.body);
  const read = await request(target, `${url}orders/${id}`);
  did(`get-order.ts answered ${read.status} to GET /orders/${id}`);

  heading('A table change', 'the new order, in the table’s stream');
  const view = await ordersOf(target, url, 'ada', 1);
  did('project-order.ts wrote ada’s view; GET /orders?customer=ada', view);

  heading('An uploaded object', `uploads/${yesterday}.csv`);
  const csv = [
    'id,customer,item,quantity,priceCents,placedAt',
    `y-1,grace,"desk, oak",1,24900,${yesterday}T08:00:00Z`,
    `y-2,alan,chair,4,5900,${yesterday}T09:30:00Z`,
    'y-3,alan,,,,',
  ].join('\n');
  await upload(target, stack.output('UploadsBucket'), `uploads/${yesterday}.csv`, csv);
  csv.split('\n').forEach(sent);
  did('import-orders.ts saved two orders; grace’s view', await ordersOf(target, url, 'grace', 1));
  const queue = stack.output('FailureQueue');
  const failed = await failedEvent(target, queue, stack.functionName('ImportOrders'));
  did(
    'the third row is no order: after two retries the event is in the failure queue, with the reason',
    failed.responsePayload?.errorMessage,
  );

  heading('A time', '2:00 in Warsaw');
  sent(
    'a copy of the deployed schedule that is due now; EventBridge Scheduler fires it (up to 10 s)',
  );
  await fireSchedule(target, stack, 'CloseDay');
  const summary = await summaryOf(target, stack, yesterday);
  did('close-day.ts summed up yesterday', JSON.stringify(summary));
  console.log();
}

async function ordersOf(
  target: Target,
  url: string,
  customer: string,
  count: number,
): Promise<string> {
  return eventually(`there are orders of ${customer}`, async () => {
    const { body } = await request(target, `${url}orders?customer=${customer}`);
    const { orders } = JSON.parse(body) as { orders: unknown[] };
    return orders.length >= count && body;
  });
}

async function summaryOf(target: Target, stack: DeployedStack, day: string): Promise<unknown> {
  const database = DynamoDBDocumentClient.from(new DynamoDBClient(target.clientOptions));
  const TableName = stack.output('ViewsTable');
  return eventually(`the day ${day} is closed`, async () => {
    const Key = { view: DAYS_VIEW, entry: day };
    return (await database.send(new GetCommand({ TableName, Key }))).Item;
  });
}

function progress(text: string): void {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`[${seconds} s] ${text}`);
}

function heading(kind: string, what: string): void {
  console.log(`● ${kind}: ${what}`);
}

function sent(text: string): void {
  console.log(`    > ${text}`);
}

function did(text: string, detail?: string): void {
  console.log(`    ✓ ${text}${detail === undefined ? '' : `\n        ${detail}`}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
