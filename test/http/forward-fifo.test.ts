import { Stack } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AppStage,
  ForwardOptions,
  RequestMessageOptions,
  RequestPart,
  RequestTarget,
  RouteAuthorizer,
  ServerlessApp,
} from 'cdk-serverless-app';
import { formatApp } from '../../bin/commands/describe';
import { AppContext } from '../../lib/core/app-context';
import { topologyOf } from '../../lib/report/topology';
import { all, HANDLERS, only, quickCdkApp } from '../support/synth';

interface Made {
  readonly app: ServerlessApp;
  readonly stack: Stack;
  readonly queue: sqs.Queue;
}

interface Options extends ForwardOptions {
  readonly route?: string;
  readonly queueProps?: sqs.QueueProps;
}

function made(message: RequestMessageOptions, given: Options = {}): Made {
  const { route = 'POST /orders/{id}', queueProps = { fifo: true }, ...options } = given;
  const stack = new Stack(quickCdkApp(), 'Test');
  const app = new ServerlessApp(stack, 'App', {
    root: HANDLERS,
    stage: AppStage.DEVELOPMENT,
    rest: { authorizer: RouteAuthorizer.iam() },
  });
  const queue = app.addQueue('Jobs', queueProps);
  app.onMessage(queue, 'ok.ts');
  app.forwardRequest(route, RequestTarget.queue(queue, message), options);
  return { app, stack, queue };
}

interface Operation {
  readonly parameters?: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly responses: object;
  readonly 'x-amazon-apigateway-request-validator'?: string;
  readonly 'x-amazon-apigateway-integration': {
    readonly requestTemplates: Readonly<Record<string, string>>;
    readonly responses: object;
  };
}

function operation(stack: Stack, path = '/orders/{id}'): Operation {
  const { paths } = only(stack, 'AWS::ApiGateway::RestApi').Body as {
    paths: Record<string, Record<string, Operation>>;
  };
  return paths[path]?.post as Operation;
}

const template = (stack: Stack, path?: string): string =>
  operation(stack, path)['x-amazon-apigateway-integration'].requestTemplates['application/json'] ??
  '';

const SEND = 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)';
const BODY = {
  type: 'object',
  required: ['order'],
  properties: {
    order: { type: 'object', required: ['customer'], properties: { customer: { type: 'string' } } },
  },
};

describe('a request to a FIFO queue', () => {
  test('has a group from the path, and an id of its own', () => {
    const { stack } = made({ messageGroup: RequestPart.path('id') });
    expect(template(stack)).toBe(
      `#set($group = $input.params().path.get('id'))${SEND}&MessageGroupId=$util.urlEncode($group)&MessageDeduplicationId=$context.requestId`,
    );
  });

  test('is compared by its body if the queue does that', () => {
    const { stack } = made(
      { messageGroup: RequestPart.constant('all') },
      { queueProps: { fifo: true, contentBasedDeduplication: true } },
    );
    expect(template(stack)).toBe(
      `#set($group = 'all')${SEND}&MessageGroupId=$util.urlEncode($group)`,
    );
  });

  test('has parts of the query and of headers, without which it gets 400', () => {
    const { stack } = made({
      messageGroup: RequestPart.query('customer'),
      deduplication: RequestPart.header('X-Request'),
    });
    expect(template(stack)).toBe(
      "#set($group = $input.params().querystring.get('customer'))" +
        "#set($deduplication = $input.params().header.get('X-Request'))" +
        "#if(!$deduplication)#set($deduplication = $input.params().header.get('x-request'))#end" +
        `${SEND}&MessageGroupId=$util.urlEncode($group)&MessageDeduplicationId=$util.urlEncode($deduplication)`,
    );
    const { parameters, 'x-amazon-apigateway-request-validator': validator } = operation(stack);
    expect(validator).toBe('parameters');
    expect(parameters?.map(({ name, in: place }) => [name, place])).toEqual([
      ['id', 'path'],
      ['customer', 'query'],
      ['X-Request', 'header'],
    ]);
  });

  test('has a field of the body that the schema requires', () => {
    const { stack } = made(
      { messageGroup: RequestPart.body('order.customer') },
      { validate: { body: BODY } },
    );
    expect(template(stack)).toMatch("#set($group = $input.path('$.order.customer'))");
  });

  test.each(['$defs', 'definitions'])('has a field that a schema of %s requires', (place) => {
    const body = {
      type: 'object',
      required: ['order'],
      properties: { order: { $ref: `#/${place}/Order` } },
      [place]: {
        Order: {
          type: 'object',
          required: ['customer'],
          properties: { customer: { $ref: `#/${place}/Name` } },
        },
        Name: { type: 'string' },
      },
    };
    const { stack } = made(
      { messageGroup: RequestPart.body('order.customer') },
      { validate: { body } },
    );
    expect(template(stack)).toMatch("#set($group = $input.path('$.order.customer'))");
  });

  test('gets 400 if SQS does not accept its group, and 502 if SQS fails', () => {
    const { stack } = made({ messageGroup: RequestPart.path('id') });
    const { responses } = operation(stack)['x-amazon-apigateway-integration'];
    expect(responses).toMatchObject({
      '2\\d{2}': { statusCode: '202' },
      '400': { statusCode: '400' },
      default: { statusCode: '502' },
    });
    expect(Object.keys(operation(stack).responses)).toEqual(['202', '400', '502']);
  });

  test('is sent by a role that may do that alone', () => {
    const { stack } = made({ messageGroup: RequestPart.path('id') });
    const policy = all(stack, 'AWS::IAM::Policy').find(({ PolicyName: name }) =>
      String(name).includes('ForwardRole'),
    );
    expect(policy?.PolicyDocument).toMatchObject({
      Statement: [
        {
          Action: 'sqs:SendMessage',
          Effect: 'Allow',
          Resource: { 'Fn::GetAtt': [expect.stringMatching(/^AppJobs/), 'Arn'] },
        },
      ],
    });
  });

  test('may have a group on a standard queue, for fair shares', () => {
    const { stack } = made({ messageGroup: RequestPart.path('id') }, { queueProps: {} });
    expect(template(stack)).toMatch(/&MessageGroupId=\$util.urlEncode\(\$group\)$/);
  });

  test.each<[string, () => unknown, string]>([
    [
      'without a group',
      () => made({}),
      '`options.messageGroup` must say which group a message belongs to, because the queue is a FIFO queue, got Test/App/Jobs',
    ],
    [
      'with a deduplication on a standard queue',
      () => made({ deduplication: RequestPart.path('id') }, { queueProps: {} }),
      '`options.deduplication` must be left out, because only a FIFO queue',
    ],
    [
      'with one id for all messages',
      () =>
        made({
          messageGroup: RequestPart.path('id'),
          deduplication: RequestPart.constant('a'),
        }),
      '`options.deduplication` must differ between requests',
    ],
    [
      'with a parameter that the path does not have',
      () => made({ messageGroup: RequestPart.path('order') }),
      'must take a path parameter of POST /orders/{id}, got "order"',
    ],
    [
      'with a field that the schema does not require',
      () =>
        made(
          { messageGroup: RequestPart.body('customer') },
          { validate: { body: { type: 'object', properties: { customer: { type: 'string' } } } } },
        ),
      'must take a field that `validate.body` requires',
    ],
    [
      'with a field of an object',
      () => made({ messageGroup: RequestPart.body('order') }, { validate: { body: BODY } }),
      'must take a field that `validate.body` requires',
    ],
    [
      'with a field of a schema that refers to itself',
      () =>
        made(
          { messageGroup: RequestPart.body('a.b') },
          {
            validate: {
              body: {
                type: 'object',
                required: ['a'],
                properties: { a: { $ref: '#/$defs/A' } },
                $defs: { A: { $ref: '#/$defs/A' } },
              },
            },
          },
        ),
      'must take a field that `validate.body` requires',
    ],
    [
      'with a name that a template would misread',
      () => RequestPart.header("X'$util"),
      'RequestPart.header: `name` must be a name of letters',
    ],
    [
      'with a text that a template would misread',
      () => RequestPart.constant("it's"),
      'RequestPart.constant: `text` must have 1 to 128',
    ],
  ])('fails %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('requests without a function', () => {
  const { app } = made(
    { messageGroup: RequestPart.path('id') },
    { monthlyEvents: { low: 1000, moderate: 3_000_000, high: 9_000_000 } },
  );
  const { model } = AppContext.of(app);

  test('are in the model, with their group', () => {
    expect(model.http?.forwards).toEqual([
      expect.objectContaining({
        route: 'POST /orders/{id}',
        kind: 'queue',
        fifo: true,
        messageGroup: '{id} of the path',
      }),
    ]);
  });

  test('are described', () => {
    expect(formatApp(model)).toMatch(
      /RestApi\s+POST \/orders\/\{id\}\s+sends to Jobs, grouped by \{id\} of the path/,
    );
  });

  test('run what receives them', () => {
    const { parts } = app.estimate().moderate;
    const quantity = (price: string): number =>
      parts.filter((part) => part.price === price).reduce((sum, part) => sum + part.quantity, 0);
    expect(quantity('apiGateway.restRequests')).toBe(3_000_000);
    // sent, received and deleted, each once; one message in a batch
    expect(quantity('sqs.fifoRequests')).toBeGreaterThanOrEqual(3_000_000 * 1.2);
    expect(quantity('sqs.fifoRequests')).toBeLessThan(3_000_000 * 3.1);
    expect(quantity('sqs.requests')).toBe(0);
    expect(quantity('lambda.requests')).toBeGreaterThanOrEqual(300_000);
  });

  test('are drawn: the route, the queue, and the function that receives', () => {
    const { edges } = topologyOf(model);
    expect(edges).toContainEqual({
      from: 'forward:POST /orders/{id}',
      to: 'resource:Test/App/Jobs',
      kind: 'write',
    });
    expect(edges).toContainEqual({
      from: 'resource:Test/App/Jobs',
      to: 'function:Ok',
      kind: 'runs',
    });
  });
});
