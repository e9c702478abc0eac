import { eventOf } from '../../../bin/serve/lambda-events';

test('format 1.0 has each value of a repeated header, and the last one by itself', () => {
  const event = eventOf(
    {
      request: new Request('http://localhost/a', { headers: { 'x-a': '1, 2', 'x-b': '3' } }),
      body: Buffer.alloc(0),
      routeKey: 'GET /a',
      parameters: {},
      ip: '',
      headerValues: { 'x-a': ['1', '2'] },
    },
    '1.0',
  );

  expect(event).toMatchObject({
    headers: { 'x-a': '2', 'x-b': '3' },
    multiValueHeaders: { 'x-a': ['1', '2'], 'x-b': ['3'] },
  });
});
