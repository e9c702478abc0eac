import { arn, compared, found, FUNCTION, ref, resource, Resources } from './support/stacks';

const texts = (before: Resources, after: Resources): string[][] =>
  compared(before, after).findings.map(({ kind, what }) => [kind, what]);
const AB = { A: FUNCTION, B: FUNCTION };

describe('what starts a function or a workflow', () => {
  test('an operation of a user pool, with and without a version', () => {
    const pool = (fn: string): Resources => ({
      ...AB,
      P: resource('Cognito::UserPool', {
        LambdaConfig: {
          PreSignUp: arn('A'),
          PreTokenGenerationConfig: { LambdaArn: arn(fn), LambdaVersion: 'V2_0' },
        },
      }),
    });

    expect(texts(pool('A'), pool('B'))).toEqual([
      ['trigger-moved', 'now runs on PreTokenGenerationConfig of P, which ran A before'],
    ]);
  });

  test('a function URL', () => {
    const url = { U: resource('Lambda::Url', { TargetFunctionArn: arn('A') }) };

    expect(texts(AB, { ...AB, ...url })).toEqual([
      ['trigger-added', 'now runs on requests to the function URL of A'],
    ]);
  });

  test('a schedule and a route that start a workflow instead of a function', () => {
    const of = (target: object, integration: Record<string, unknown>): Resources => ({
      ...AB,
      M: resource('StepFunctions::StateMachine'),
      S: resource('Scheduler::Schedule', {
        ScheduleExpression: 'rate(1 hour)',
        Target: { Arn: target },
      }),
      I: resource('ApiGatewayV2::Integration', integration),
      R: resource('ApiGatewayV2::Route', {
        RouteKey: 'POST /ship',
        Target: { 'Fn::Join': ['', ['integrations/', ref('I')]] },
      }),
    });
    const before = of(arn('A'), { IntegrationUri: arn('A') });
    const after = of(ref('M'), {
      IntegrationSubtype: 'StepFunctions-StartExecution',
      RequestParameters: { StateMachineArn: ref('M') },
    });

    expect(texts(before, after)).toEqual([
      ['trigger-moved', 'now runs on POST /ship, which ran A before'],
      ['trigger-moved', 'now runs on rate(1 hour) UTC, which ran A before'],
    ]);
  });
});

describe('an address under another logical id', () => {
  const url = (id: string, fn: string): Resources => ({
    ...AB,
    [id]: resource('Lambda::Url', { TargetFunctionArn: arn(fn) }),
  });

  test('is another address', () => {
    expect(found(url('U', 'A'), url('V', 'B'))).toContain('downtime U');
  });

  test('is no trouble if the old one stays, or if there is no new one', () => {
    const kinds = (before: Resources, after: Resources): string[] =>
      compared(before, after).findings.map(({ kind }) => kind);

    expect(kinds(url('U', 'A'), { ...url('U', 'A'), ...url('V', 'B') })).not.toContain('downtime');
    expect(kinds(url('U', 'A'), AB)).not.toContain('downtime');
  });

  test('of a queue or topic is known inside the app', () => {
    const q = (id: string): Resources => ({ ...AB, [id]: resource('SQS::Queue') });

    expect(found(q('Q'), q('R'))).not.toContain('downtime Q');
  });

  test('of a stage is part of the URL', () => {
    const stage = (name: string): Resources => ({
      S: resource('ApiGatewayV2::Stage', { ApiId: 'a', StageName: name }),
    });

    expect(found(stage('v1'), stage('v2'))).toEqual(['downtime S']);
  });
});

test('two distributions of one domain are refused', () => {
  const site = (id: string, ...Aliases: string[]): Resources => ({
    [id]: resource('CloudFront::Distribution', {
      DistributionConfig: Aliases.length === 0 ? {} : { Aliases },
    }),
  });

  expect(found(site('A', 'www.example.com'), site('B', 'www.example.com'))).toEqual([
    'will-fail B',
    'downtime A',
  ]);
  expect(found(site('A', 'www.example.com'), site('B', 'shop.example.com'))).toEqual([
    'downtime A',
  ]);
  expect(found(site('A'), site('B'))).toEqual(['downtime A']);
});

test('an archive that is deleted loses its events', () => {
  const archive = { X: resource('Events::Archive', { SourceArn: 'bus' }) };

  expect(texts({ ...AB, ...archive }, AB)).toEqual([['data-loss', 'is deleted, with its events']]);
});

describe('a table', () => {
  const table = (properties: object): Resources => ({
    T: resource('DynamoDB::GlobalTable', { ...properties }),
  });
  const regions = (names: string[], more: object = {}): Resources =>
    table({ Replicas: names.map((Region) => ({ Region })), ...more });

  test.each<[string[], string[], object, string[]]>([
    [['a'], ['a', 'b'], {}, []],
    [['a'], ['a', 'b', 'c'], {}, ['will-fail T']],
    [['a', 'b'], ['a', 'c'], {}, ['will-fail T']],
    [['a', 'b', 'c'], ['a'], {}, ['will-fail T']],
    [['a'], ['a', 'b', 'c'], { MultiRegionConsistency: 'STRONG' }, []],
  ])('with replicas in %s, then in %s (%j)', (before, after, more, findings) => {
    expect(found(regions(before, more), regions(after, more))).toEqual(findings);
  });

  test.each<[string | undefined, string | undefined, string[]]>([
    ['NEW_IMAGE', 'KEYS_ONLY', ['may-fail T']],
    ['NEW_IMAGE', 'NEW_IMAGE', []],
    [undefined, 'NEW_IMAGE', []],
    ['NEW_IMAGE', undefined, []],
  ])('whose stream has the view %s, then %s', (before, after, findings) => {
    const of = (view?: string): Resources =>
      table({
        StreamSpecification: view === undefined ? undefined : { StreamViewType: view },
        Tags: [before === after],
      });

    expect(found(of(before), of(after))).toEqual(findings);
  });
});

test('a mapping of a stream that is replaced repeats nothing, since the new stream is empty', () => {
  const of = (Name?: string): Resources => ({
    Fn: FUNCTION,
    S: resource('Kinesis::Stream', { Name }),
    M: resource('Lambda::EventSourceMapping', {
      EventSourceArn: arn('S'),
      FunctionName: ref('Fn'),
      StartingPosition: 'TRIM_HORIZON',
    }),
  });

  expect(found(of(), of('clicks')).filter((it) => it.includes('events'))).toEqual([]);
});
