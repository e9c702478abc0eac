// The builders make what each kind of trigger delivers, and their results have the types that handlers declare.
import type * as lambda from 'aws-lambda';
import { TRIGGER_KINDS } from '../../lib/kinds/trigger-kinds';
import {
  busEvent,
  functionUrlEvent,
  httpEvent,
  objectBusEvent,
  objectEvent,
  queueEvent,
  restEvent,
  scheduleEvent,
  streamEvent,
  tableChangeEvent,
  topicEvent,
  userPoolEvent,
  webSocketEvent,
} from 'cdk-serverless-app/testing';

/** An event of each builder, with the type of a handler of its trigger. */
const EVENTS = {
  http: httpEvent('GET /orders/{id}') satisfies lambda.APIGatewayProxyEventV2,
  rest: restEvent('POST /orders') satisfies lambda.APIGatewayProxyEvent,
  url: functionUrlEvent('/a') satisfies lambda.LambdaFunctionURLEvent,
  table: tableChangeEvent('Orders', [{ after: { id: '1' } }]),
  object: objectEvent('Uploads', 'a.csv') satisfies lambda.S3Event,
  objectBus: objectBusEvent('Uploads', 'a.csv'),
  schedule: scheduleEvent() satisfies lambda.EventBridgeEvent<string, string>,
  queue: queueEvent('Jobs', ['a']) satisfies lambda.SQSEvent,
  topic: topicEvent('News', 'a') satisfies lambda.SNSEvent,
  bus: busEvent('shop', 'OrderPlaced', { id: '1' }) satisfies lambda.EventBridgeEvent<
    'OrderPlaced',
    { id: string }
  >,
  stream: streamEvent('Clicks', [{ a: 1 }]) satisfies lambda.KinesisStreamEvent,
  pool: userPoolEvent('preSignUp'),
  sender: userPoolEvent('customEmailSender'),
  socket: webSocketEvent('$connect') satisfies lambda.APIGatewayProxyWebsocketEventV2,
};
const tableChange: lambda.DynamoDBStreamEvent = EVENTS.table;

const kindOfEvent = (event: unknown): string[] =>
  TRIGGER_KINDS.filter((kind) => kind.recognizes(event)).map(({ kind }) => kind);

test('each kind of trigger has a builder, whose event only it recognizes', () => {
  const kinds = Object.values(EVENTS).map((event) => kindOfEvent(event));

  expect(kinds.filter((each) => each.length !== 1)).toEqual([]);
  expect([...new Set(kinds.flat())].sort()).toEqual(TRIGGER_KINDS.map(({ kind }) => kind).sort());
  expect(tableChange.Records).toHaveLength(1);
});

describe('a request', () => {
  const options = {
    pathParameters: { id: 'a/b c' },
    query: { tag: ['x', 'y z'], page: '2' },
    headers: { 'X-Tenant': 'ada', 'content-type': 'text/csv' },
    cookies: { session: 's1' },
    body: { total: 5 },
    authorizer: { jwt: { claims: { sub: 'ada' }, scopes: [] } },
  };

  test('of format 2.0 has its parts where an HTTP API puts them', () => {
    expect(httpEvent('PUT /orders/{id}', options)).toMatchObject({
      routeKey: 'PUT /orders/{id}',
      rawPath: '/orders/a%2Fb%20c',
      rawQueryString: 'tag=x&tag=y+z&page=2',
      queryStringParameters: { tag: 'x,y z', page: '2' },
      pathParameters: { id: 'a/b c' },
      cookies: ['session=s1'],
      headers: { 'x-tenant': 'ada', 'content-type': 'text/csv' },
      requestContext: {
        http: { method: 'PUT', path: '/orders/a%2Fb%20c' },
        authorizer: { jwt: { claims: { sub: 'ada' } } },
      },
      body: '{"total":5}',
      isBase64Encoded: false,
    });
  });

  test('of format 1.0 has its parts where a REST API puts them', () => {
    expect(restEvent('PUT /orders/{id}', options)).toMatchObject({
      resource: '/orders/{id}',
      path: '/orders/a%2Fb%20c',
      httpMethod: 'PUT',
      queryStringParameters: { tag: 'y z', page: '2' },
      multiValueQueryStringParameters: { tag: ['x', 'y z'], page: ['2'] },
      pathParameters: { id: 'a/b c' },
      headers: { 'X-Tenant': 'ada', 'Content-Type': 'text/csv', Cookie: 'session=s1' },
      multiValueHeaders: { 'X-Tenant': ['ada'] },
      requestContext: { authorizer: { jwt: { claims: { sub: 'ada' } } } },
      body: '{"total":5}',
    });
  });

  test('with bytes has them in base64', () => {
    const body = new Uint8Array([0, 255]);

    expect(httpEvent('POST /files', { body })).toMatchObject({
      body: 'AP8=',
      isBase64Encoded: true,
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(restEvent('POST /files', { body })).toMatchObject({
      body: 'AP8=',
      isBase64Encoded: true,
    });
  });

  test('without a body has none', () => {
    expect(httpEvent('GET /orders')).not.toHaveProperty('body');
    expect(restEvent('GET /orders').body).toBeNull();
  });

  test('keeps the slashes of a greedy parameter', () => {
    const { rawPath } = httpEvent('GET /files/{path+}', { pathParameters: { path: 'a/b c' } });

    expect(rawPath).toBe('/files/a/b%20c');
  });

  test('of a route of any method has the given one', () => {
    expect(httpEvent('ANY /orders', { method: 'PATCH' }).requestContext.http.method).toBe('PATCH');
    expect(restEvent('ANY /orders', { method: 'PATCH' }).httpMethod).toBe('PATCH');
  });

  test('to a function URL has its path', () => {
    expect(functionUrlEvent('/a/b')).toMatchObject({
      rawPath: '/a/b',
      requestContext: { http: { path: '/a/b' } },
    });
  });

  test('fails with a parameter that the route does not have', () => {
    expect(() => httpEvent('GET /orders/{id}', { pathParameters: { order: '1' } })).toThrow(
      '`pathParameters` must be those of the route, got `order`: the route has id',
    );
    expect(() => restEvent('GET /orders', { pathParameters: { id: '1' } })).toThrow(
      'the route has none',
    );
  });
});

describe('changes of a table', () => {
  const [before, after] = [
    { id: '1', total: 1 },
    { id: '1', total: 2 },
  ];

  test.each([
    ['INSERT', { after }, [false, true]],
    ['MODIFY', { before, after }, [true, true]],
    ['REMOVE', { before }, [true, false]],
  ] as const)('are %s by what is given', (eventName, change, [hasOld, hasNew]) => {
    const [record] = tableChangeEvent('Orders', [change]).Records;

    expect(record?.eventName).toBe(eventName);
    expect(record?.dynamodb.Keys).toEqual({ id: { S: '1' } });
    expect([record?.dynamodb.OldImage, record?.dynamodb.NewImage].map(Boolean)).toEqual([
      hasOld,
      hasNew,
    ]);
  });

  test('have values in the form of a stream', () => {
    const item = {
      id: '1',
      n: 1.5,
      big: 12345678901234567890n,
      yes: true,
      none: null,
      list: [1, 'a'],
      map: { a: { b: 1 } },
      bytes: new Uint8Array([1]),
      texts: new Set(['a']),
      numbers: new Set([1]),
      left: undefined,
    };
    const [record] = tableChangeEvent('Orders', [{ after: item }]).Records;

    expect(record?.dynamodb.NewImage).toEqual({
      id: { S: '1' },
      n: { N: '1.5' },
      big: { N: '12345678901234567890' },
      yes: { BOOL: true },
      none: { NULL: true },
      list: { L: [{ N: '1' }, { S: 'a' }] },
      map: { M: { a: { M: { b: { N: '1' } } } } },
      bytes: { B: 'AQ==' },
      texts: { SS: ['a'] },
      numbers: { NS: ['1'] },
    });
  });

  test.each([
    [
      'a date',
      { after: { id: '1', at: new Date(0) } },
      '`at` must be a DynamoDB value, got a Date',
    ],
    [
      'an empty set',
      { after: { id: '1', tags: new Set() } },
      '`tags` must be a non-empty set of strings',
    ],
    ['a function', { after: { id: '1', f: () => 1 } }, '`f` must be a DynamoDB value'],
    ['no item', {}, '`changes[0]` must have `before`, `after` or both'],
    [
      'an item without the key',
      { after: { number: '1' } },
      '`changes[0]` must have the key, got no id',
    ],
  ])('fail with %s', (_what, change, text) => {
    expect(() => tableChangeEvent('Orders', [change])).toThrow(text);
  });

  test('have a key of two attributes', () => {
    const change = { after: { customer: 'ada', at: 1 } };
    const [record] = tableChangeEvent('Orders', [change], { key: ['customer', 'at'] }).Records;

    expect(record?.dynamodb.Keys).toEqual({ customer: { S: 'ada' }, at: { N: '1' } });
  });
});

test('an object’s key is encoded as S3 does it, and not in EventBridge', () => {
  expect(objectEvent('Uploads', 'in/a b+ü.csv', { size: 3 }).Records[0]?.s3.object).toMatchObject({
    key: 'in/a+b%2B%C3%BC.csv',
    size: 3,
  });
  expect(objectBusEvent('Uploads', 'in/a b.csv').detail.object.key).toBe('in/a b.csv');
});

test('messages of a queue have ids of their own and the digest of their bodies', () => {
  const { Records } = queueEvent('Jobs', [{ job: 1 }, 'text'], {
    fifo: true,
    group: 'a',
    receiveCount: 3,
  });

  expect(Records.map(({ body }) => body)).toEqual(['{"job":1}', 'text']);
  expect(new Set(Records.map(({ messageId }) => messageId)).size).toBe(2);
  expect(Records[1]).toMatchObject({
    md5OfBody: '1cb251ec0d568de6a929b520c4aed8d1',
    attributes: { ApproximateReceiveCount: '3', MessageGroupId: 'a', SequenceNumber: '2' },
  });
  expect(Records[0]?.eventSourceARN).toMatch(/\.fifo$/);
});

test('a message of a topic has its subject and attributes', () => {
  const { Records } = topicEvent('News', { a: 1 }, { subject: 's', attributes: { kind: 'x' } });

  expect(Records[0]?.Sns).toMatchObject({
    Message: '{"a":1}',
    Subject: 's',
    MessageAttributes: { kind: { Type: 'String', Value: 'x' } },
  });
});

test('records of a stream have their data in base64', () => {
  const { Records } = streamEvent('Clicks', [{ a: 1 }, new Uint8Array([1])], { partitionKey: 'p' });

  expect(Records.map(({ kinesis }) => [kinesis.data, kinesis.partitionKey])).toEqual([
    [Buffer.from('{"a":1}').toString('base64'), 'p'],
    ['AQ==', 'p'],
  ]);
  expect(new Set(Records.map(({ eventID }) => eventID)).size).toBe(2);
});

test('an event of a schedule has the given time', () => {
  expect(scheduleEvent({ time: new Date(0) }).time).toBe('1970-01-01T00:00:00Z');
});

test('an operation of a user pool has what is added to its request', () => {
  const event = userPoolEvent('preSignUp', {
    userName: 'ada',
    request: { validationData: { a: '1' } },
  });

  expect(event).toMatchObject({
    userName: 'ada',
    triggerSource: 'PreSignUp_SignUp',
    request: { userAttributes: { email: 'sample@example.com' }, validationData: { a: '1' } },
  });
  expect(() => userPoolEvent('signUp')).toThrow(
    '`operation` must be an operation of a user pool, got `signUp`',
  );
});

test('a message of a WebSocket API has its body', () => {
  expect(webSocketEvent('send', { connectionId: 'c', body: { a: 1 } })).toMatchObject({
    requestContext: { routeKey: 'send', connectionId: 'c', eventType: 'MESSAGE' },
    body: '{"a":1}',
  });
  expect(webSocketEvent('$connect', { query: { token: 't' } }).queryStringParameters).toEqual({
    token: 't',
  });
});
