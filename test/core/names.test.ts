import { Construct } from 'constructs';
import { Stack } from 'aws-cdk-lib';
import {
  environmentVariableName,
  freeId,
  functionIdFromEntry,
  pascalCase,
} from '../../lib/core/names';
import { PropCheck } from '../../lib/props/prop-check';

const CHECK = new PropCheck('Test/App', '');

test.each([
  ['src/import-orders.ts', 'ImportOrders'],
  ['get-order.ts', 'GetOrder'],
  ['get_order.js', 'GetOrder'],
  ['getOrder.mts', 'GetOrder'],
  ['orders/index.ts', 'Orders'],
  ['src/orders/v2/index.mjs', 'V2'],
  ['orders.handler.ts', 'OrdersHandler'],
  ['component.tsx', 'Component'],
  ['old.cjs', 'Old'],
  ['my.js.handler.ts', 'MyJsHandler'],
  ['zamówienie.ts', 'Zamowienie'],
  ['zamo\u0301wienie.ts', 'Zamowienie'],
  ['łódź-główna.ts', 'LodzGlowna'],
  ['straße/index.ts', 'Strasse'],
  ['Ærø.ts', 'Aero'],
])('the entry %s gives the id %s', (entry, id) => {
  expect(functionIdFromEntry(entry, CHECK)).toBe(id);
});

test.each(['注文.ts', '--.ts', 'src/注文/index.ts'])('fails for the entry %s', (entry) => {
  expect(() => functionIdFromEntry(entry, CHECK)).toThrow(
    `Test/App: \`entry\` must have a Latin letter or a digit in its name, from which the function’s id is derived, got "${entry}": give \`{ id: "…" }\``,
  );
});

test.each([undefined, null, 1])('fails for the entry %p, which is no path', (entry) => {
  expect(() => functionIdFromEntry(entry as unknown as string, CHECK)).toThrow(
    `Test/App: \`entry\` must be the path of a file, got ${String(entry)}: name the file that exports the handler`,
  );
});

test.each([
  ['get-order.v2', 'GetOrderV2'],
  ['a b', 'AB'],
  ['', ''],
  ['--', ''],
  ['URL', 'URL'],
])('%j in pascal case is %j', (text, expected) => {
  expect(pascalCase(text)).toBe(expected);
});

test.each([
  ['Orders', 'table', 'ORDERS_TABLE_NAME'],
  ['OrdersTable', 'table', 'ORDERS_TABLE_NAME'],
  ['Uploads', 'bucket', 'UPLOADS_BUCKET_NAME'],
  ['orderLines', 'table', 'ORDER_LINES_TABLE_NAME'],
  ['HTTPLogs', 'bucket', 'HTTP_LOGS_BUCKET_NAME'],
  ['Table', 'table', 'TABLE_TABLE_NAME'],
  ['my-uploads', 'bucket', 'MY_UPLOADS_BUCKET_NAME'],
  ['2024Orders', 'table', 'R2024_ORDERS_TABLE_NAME'],
  ['-orders--old-', 'table', 'ORDERS_OLD_TABLE_NAME'],
  ['注文', 'table', 'TABLE_NAME'],
])('the id %s of a %s gives the variable %s', (id, kind, name) => {
  expect(environmentVariableName(id, kind)).toBe(name);
});

test('an unused id is free', () => {
  expect(freeId(new Stack(), 'Rule')).toBe('Rule');
});

test('an id that is a prefix of another child’s id is free', () => {
  const scope = new Stack();
  new Construct(scope, 'RuleOfAnother');

  expect(freeId(scope, 'Rule')).toBe('Rule');
});

test('a used id gets the next free number', () => {
  const scope = new Stack();
  new Construct(scope, 'Rule');
  new Construct(scope, 'Rule2');

  expect(freeId(scope, 'Rule')).toBe('Rule3');
});
