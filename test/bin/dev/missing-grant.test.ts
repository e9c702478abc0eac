import { KnownResources, missingGrant } from '../../../bin/dev/missing-grant';

const table = (id: string, name: string): KnownResources['tables'][number] => ({
  id,
  name,
  path: `Shop/App/${id}`,
  made: true,
  billing: 'onDemand',
});
const known = { tables: [table('Orders', 'Shop-Orders-1A2B'), table('Views', 'v')], buckets: [] };
const reader = {
  id: 'CreateOrder',
  access: [{ kind: 'table', path: 'Shop/App/Views', level: 'readWrite' }],
};
const denied = (action: string, resource: string): string =>
  `AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role/R/F is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows it`;
const hint = (action: string, resource: string): string | undefined =>
  missingGrant(['START', denied(action, resource)], reader, known);

test('a write to a table of the app names the call, the table and the line to add', () => {
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Shop-Orders-1A2B';

  expect(hint('dynamodb:PutItem', arn)).toBe(
    'CreateOrder may not call dynamodb:PutItem on Orders: add `.writes(orders)` to CreateOrder',
  );
});

test('a query of an index is a read of its table', () => {
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Shop-Orders-1A2B/index/byDay';

  expect(hint('dynamodb:Query', arn)).toContain('add `.reads(orders)` to CreateOrder');
});

test.each([
  ['s3:GetObject', 'arn:aws:s3:::shop-uploads/in/a.csv', '.reads(shop-uploads)'],
  ['sqs:SendMessage', 'arn:aws:sqs:us-east-1:1:Shop-Jobs1A2B3C4D-XYZ', '.sends(jobs)'],
  ['sns:Publish', 'arn:aws:sns:us-east-1:1:Shop-News1A2B3C4D-XYZ', '.publishes(news)'],
  ['lambda:InvokeFunction', 'arn:aws:lambda:us-east-1:1:function:Other', '.calls('],
])('%s on %s asks for %s', (action, arn, line) => {
  expect(hint(action, arn)).toContain(line);
});

test('a call of another service has no short line', () => {
  expect(hint('ses:SendEmail', 'arn:aws:ses:us-east-1:1:identity/a.example')).toMatch(
    /may not call ses:SendEmail on .*: grant it to CreateOrder$/,
  );
});

test('other errors give no hint', () => {
  expect(missingGrant(['Error: no such order'], reader, known)).toBeUndefined();
});

test('where the error names no resource, it is a table that the function has no such access to', () => {
  const text =
    'User: arn:aws:sts::000000000000:assumed-role/R/F is not authorized to perform: dynamodb:PutItem because no identity-based policy allows it';

  expect(missingGrant([text], reader, known)).toBe(
    'CreateOrder may not call dynamodb:PutItem on Orders: add `.writes(orders)` to CreateOrder',
  );
  expect(missingGrant([text], { ...reader, access: [] }, known)).toContain(
    'on Orders or Views: add `.writes(orders)` or `.writes(views)` to CreateOrder',
  );
});
