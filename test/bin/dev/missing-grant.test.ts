import { missingGrant } from '../../../bin/dev/missing-grant';

const ids = new Map([['Shop-Orders-1A2B', 'Orders']]);
const denied = (action: string, resource: string): string =>
  `AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role/R/F is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows it`;
const hint = (action: string, resource: string): string | undefined =>
  missingGrant(['START', denied(action, resource)], { id: 'CreateOrder' }, ids);

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
  expect(missingGrant(['Error: no such order'], { id: 'A' }, ids)).toBeUndefined();
});
