import { arn, compared, found, FUNCTION, ref, resource, Resources } from './support/stacks';

const texts = (before: Resources, after: Resources): string[][] =>
  compared(before, after).findings.map(({ kind, resource: which, what }) => [
    kind,
    which,
    what.split(':')[0] ?? '',
  ]);

const AB = { A: FUNCTION, B: FUNCTION };
const rest = { RestApiId: ref('Api') };
const uri = (target: unknown): object => ({ 'Fn::Join': ['', ['arn:…/', target, '/invocations']] });
const operation = (target: unknown): object => ({
  'x-amazon-apigateway-integration': { uri: uri(target) },
});
const defined = (paths: object, more: object = {}): Resources => ({
  ...AB,
  Api: resource('ApiGateway::RestApi', { Body: { paths }, ...more }),
});
const deployment = (id: string): Resources => ({
  [id]: resource('ApiGateway::Deployment', rest),
});
const method = (target: string, properties: object = {}): Resources[string] =>
  resource('ApiGateway::Method', {
    ...rest,
    HttpMethod: 'GET',
    ResourceId: ref('Orders'),
    Integration: { Uri: uri(arn(target)) },
    ...properties,
  });
const own = (methods: Resources, deployed: string): Resources => ({
  ...AB,
  Api: resource('ApiGateway::RestApi'),
  Orders: resource('ApiGateway::Resource', { ...rest, ParentId: 'root', PathPart: 'orders' }),
  ...methods,
  ...deployment(deployed),
});

describe('routes of a REST API', () => {
  test('in its definition', () => {
    const before = { ...defined({ '/a': { get: operation(arn('A')) } }), ...deployment('D1') };
    const after = {
      ...defined({
        '/a': { get: operation(arn('B')), 'x-amazon-apigateway-any-method': operation(arn('A')) },
      }),
      ...deployment('D2'),
    };

    expect(texts(before, after)).toEqual([
      ['trigger-moved', 'B', 'now runs on GET /a, which ran A before'],
      ['trigger-added', 'A', 'now runs on ANY /a'],
    ]);
  });

  test('of a function that the stage names', () => {
    const of = (fn: string, id: string): Resources => ({
      ...defined({ '/a': { get: operation('function:${stageVariables.Fn}') } }),
      Stage: resource('ApiGateway::Stage', { ...rest, StageName: 's', Variables: { Fn: ref(fn) } }),
      ...deployment(id),
    });

    expect(found(of('A', 'D1'), of('B', 'D2'))).toEqual(['trigger-moved B']);
  });

  test('that are methods', () => {
    expect(texts(own({ M: method('A') }, 'D1'), own({ M: method('B') }, 'D2'))).toEqual([
      ['trigger-moved', 'B', 'now runs on GET /orders, which ran A before'],
    ]);
  });

  test('without a function run nothing', () => {
    const mock = { '/a': { get: { 'x-amazon-apigateway-integration': { type: 'mock' } } } };
    expect(found(defined({}), { ...defined(mock), ...deployment('D') })).toEqual([]);
  });
});

describe('the deployment of a REST API', () => {
  test.each<[string, Resources, Resources, string[]]>([
    [
      'a changed definition without one',
      defined({ '/a': {} }),
      defined({ '/b': {} }),
      ['not-applied Api'],
    ],
    [
      'a changed definition with a new one',
      { ...defined({ '/a': {} }), ...deployment('D1') },
      { ...defined({ '/b': {} }), ...deployment('D2') },
      [],
    ],
    ['a new API', AB, defined({ '/a': {} }), []],
    [
      'a changed description',
      defined({}, { Description: 'a' }),
      defined({}, { Description: 'b' }),
      [],
    ],
    [
      'a changed policy',
      defined({}, { Policy: 'a' }),
      defined({}, { Policy: 'b' }),
      ['not-applied Api'],
    ],
    [
      'several changed methods without one',
      own({ M: method('A'), N: method('A', { HttpMethod: 'PUT' }) }, 'D1'),
      own(
        {
          M: method('A', { ApiKeyRequired: true }),
          N: method('A', { HttpMethod: 'PUT', ApiKeyRequired: true }),
        },
        'D1',
      ),
      ['not-applied M'],
    ],
    [
      'a changed method of another API',
      { ...own({}, 'D1'), Other: method('A', { RestApiId: 'other' }) },
      { ...own({}, 'D2'), Other: method('A', { RestApiId: 'other', ApiKeyRequired: true }) },
      ['not-applied Other'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(found(before, after)).toEqual(expected);
  });

  test('contains a removed method', () => {
    expect(texts(own({ M: method('A') }, 'D1'), own({}, 'D2'))).toEqual([
      [
        'not-applied',
        'M',
        'is served as GET /orders until the next deployment of the API, since CloudFormation creates the new deployment before it deletes the method',
      ],
      ['trigger-removed', 'A', 'no longer runs on GET /orders'],
    ]);
  });

  test('goes with the API', () => {
    expect(found(own({ M: method('A') }, 'D1'), AB)).toEqual(['trigger-removed A']);
  });
});

describe('what API Gateway refuses', () => {
  const endpoint = (type: string): Resources => ({
    ...defined({}, { EndpointConfiguration: { Types: [type] } }),
    ...deployment(`For${type}`),
  });

  test.each([
    ['PRIVATE', 'EDGE', ['will-fail Api']],
    ['PRIVATE', 'REGIONAL', []],
    ['EDGE', 'PRIVATE', []],
    ['REGIONAL', 'EDGE', []],
  ])('a change from %s to %s', (was, is, expected) => {
    expect(found(endpoint(was), endpoint(is))).toEqual(expected);
  });

  const part = (id: string, PathPart: string): Resources => ({
    [id]: resource('ApiGateway::Resource', { RestApiId: 'api', ParentId: 'root', PathPart }),
    D: resource('ApiGateway::Deployment', { RestApiId: 'api' }),
  });
  const deployed = (resources: Resources): Resources => {
    const { D: given, ...others } = resources;
    return given === undefined ? others : { ...others, New: given };
  };

  test.each([
    ['{id}', '{order}', ['will-fail Y']],
    ['{id}', '{proxy+}', ['will-fail Y']],
    ['orders', 'orders', ['will-fail Y']],
    ['orders', '{id}', []],
  ])('a second %s: %s', (was, is, expected) => {
    expect(found(part('X', was), deployed(part('Y', is)))).toEqual(expected);
  });

  const plan = (id: string, name: string, key = 'K'): Resources => ({
    [name]: resource('ApiGateway::UsagePlan'),
    [id]: resource('ApiGateway::UsagePlanKey', { UsagePlanId: ref(name), KeyId: ref(key) }),
    [key]: resource('ApiGateway::ApiKey'),
  });

  test('a key in a second plan, unless it is another key', () => {
    expect(found(plan('X', 'P'), plan('Y', 'Q'))).toEqual(['will-fail Y']);
    expect(found(plan('X', 'P'), { ...plan('X', 'P'), ...plan('Y', 'Q', 'L') })).toEqual([]);
  });
});

test('another web ACL may be removed with the association of the first', () => {
  const acl = (WebACLArn: string, ResourceArn = 'stage'): Resources => ({
    W: resource('WAFv2::WebACLAssociation', { WebACLArn, ResourceArn }),
  });

  expect(found(acl('a'), acl('b'))).toEqual(['not-applied W']);
  expect(found(acl('a'), acl('a', 'other'))).toEqual([]);
});

test('an API key under another id has another value', () => {
  const key = resource('ApiGateway::ApiKey');
  expect(found({ K: key }, { L: key })).toEqual(['downtime K']);
  expect(found({ K: key }, AB)).toEqual([]);
});
