import { AppModel, FunctionModel, LogGroupModel } from '../../lib/model/app-model';
import { LEVELS } from '../../lib/cost/app-estimate';
import { estimateOf, EstimateSettings, levelEstimateOf } from '../../lib/cost/estimate';
import { appModel, functionModel, http, TOKEN, touches } from '../support/app-model';

const log = (id: string, retentionDays?: number): LogGroupModel => ({
  id,
  path: id,
  name: id,
  made: true,
  retentionDays,
});
const LOGS = log('Logs', 30);

/** Said of every app. */
const ALWAYS = [
  'stored logs are compressed to 15 % of their size',
  'events are spread evenly over the month; reads of tables are eventually consistent',
  '0.1 % of the asynchronous and polled events end in a failure queue or bucket',
];

/** What is taken for granted beyond that, of an app with these functions and one that needs no assumption. */
function assumed(parts: Partial<AppModel>, ...functions: Partial<FunctionModel>[]): string[] {
  const made = functions.map((each, i) => functionModel(`F${i}`, each));
  const plain = functionModel('Plain', { triggers: [http('GET /')] });
  const { assumptions } = estimateOf(
    appModel({ logGroup: LOGS, functions: [plain, ...made], ...parts }),
  );
  return assumptions.filter((assumption) => !ALWAYS.includes(assumption));
}

describe('the assumptions of an estimate', () => {
  test('are few for an app with known values', () => {
    expect(estimateOf(appModel({ logGroup: LOGS })).assumptions).toEqual(ALWAYS);
    expect(assumed({})).toEqual([]);
    expect(
      assumed({}, { ephemeralStorageMb: 1024, coldStart: { kind: 'provisioned', min: 1 } }),
    ).toEqual([]);
  });

  test('include the memory of each function if it is unknown', () => {
    expect(assumed({}, { memoryMb: TOKEN }, { memoryMb: 512 })).toEqual([
      'the memory of `F0` is known only at deployment: it counts as 1024 MB',
    ]);
  });

  test('include the temporary storage of each function if it is set and unknown', () => {
    expect(assumed({}, { ephemeralStorageMb: 512 }, { ephemeralStorageMb: TOKEN })).toEqual([
      'the temporary storage of `F1` is known only at deployment: it counts as 512 MB, which cost nothing',
    ]);
  });

  test('include the provisioned environments of each function if they are set and unknown', () => {
    expect(
      assumed(
        {},
        { coldStart: { kind: 'provisioned', min: TOKEN } },
        { coldStart: { kind: 'provisioned', min: 2 } },
      ),
    ).toEqual([
      'the provisioned concurrency of `F0` is known only at deployment: it is not counted',
    ]);
  });

  test('include the share of invocations that start an environment, if snapshots are billed by it', () => {
    expect(assumed({}, { coldStart: { kind: 'snapStart' } })).toEqual([
      '1 % of the invocations start an execution environment',
    ]);
  });

  const KEPT =
    'logs are assumed to be kept for 365 days, because their retention is unlimited or unknown';

  test.each<[string, LogGroupModel | undefined, LogGroupModel | undefined, string[]]>([
    ['of the app is known', LOGS, undefined, []],
    ['of the app is without end', log('Logs', 0), undefined, [KEPT]],
    ['of the app is not said', log('Logs'), undefined, [KEPT]],
    ['of the app is a token', log('Logs', TOKEN), undefined, [KEPT]],
    ['of a function is known too', LOGS, log('Own', 7), []],
    ['of a function is without end', LOGS, log('Own', 0), [KEPT]],
    ['of a function alone is known', log('Logs', 0), log('Own', 7), [KEPT]],
  ])('include the log retention, if it %s', (_what, logGroup, own, expected) => {
    expect(assumed({ logGroup }, { logGroup: own })).toEqual(expected);
  });

  test('include the log retention of an app without a log group', () => {
    expect(assumed({ logGroup: undefined })).toEqual([KEPT]);
  });
});

describe('the region', () => {
  const inRegion = (region: string): AppModel =>
    appModel({ logGroup: LOGS, app: { ...appModel().app, region } });

  test.each(['us-east-1', 'eu-central-1', 'us-gov-west-1', 'ap-southeast-10'])(
    '%s is valid',
    (region) => {
      const { prices, assumptions } = estimateOf(inRegion(region));

      expect(prices.region).toBe(region);
      expect(assumptions).toEqual(ALWAYS);
    },
  );

  test.each(['${Token[AWS.Region.4]}', '', 'eu-central-1a', 'x.eu-central-1', 'europe', 'e-1'])(
    '%j is not valid, so prices are those of us-east-1, with a note',
    (region) => {
      const { prices, assumptions } = estimateOf(inRegion(region));

      expect(prices.region).toBe('us-east-1');
      expect(assumptions).toEqual([
        'the region is known only at deployment: prices are those of us-east-1',
        ...ALWAYS,
      ]);
    },
  );

  test('given as an expression, as in the cloud assembly, is not valid', () => {
    const region = { Ref: 'AWS::Region' } as unknown as string;

    expect(estimateOf(inRegion(region)).prices.region).toBe('us-east-1');
  });
});

describe('the parts not included', () => {
  const TABLE = { id: 'T', path: 'T', name: 't', made: true, billing: 'onDemand' } as const;
  const ALARM = { id: 'A', path: 'A', name: 'A', metrics: 1 };
  const beyond = (parts: Partial<AppModel>): string[] =>
    estimateOf(appModel(parts)).notIncluded.slice(5);

  test('are listed for every app', () => {
    expect(estimateOf(appModel()).notIncluded).toEqual([
      expect.stringContaining('taxes'),
      expect.stringContaining('retries'),
      expect.stringContaining('NAT gateways'),
      expect.stringContaining('did not create'),
      expect.stringContaining('container images'),
    ]);
  });

  test.each<[string, Partial<AppModel>, string[]]>([
    ['a table', { tables: [TABLE] }, ['replicas of tables']],
    [
      'alarms',
      { monitoring: { alarms: [ALARM], customMetrics: [], dashboards: [] } },
      ['e-mails and other alarm notifications'],
    ],
    [
      'an API',
      { http: { id: 'H', path: 'H', name: 'h', made: true } },
      ['domain names, certificates and custom authorizers'],
    ],
    [
      'access to what is neither table nor bucket, once a kind',
      {
        functions: [
          functionModel('A', {
            access: [
              touches('table', 'T', 'read'),
              touches('queue', 'Q', 'write'),
              touches('queue', 'R', 'write'),
            ],
          }),
          functionModel('B', {
            access: [touches('bucket', 'B', 'read'), touches('topic', 'P', 'write')],
          }),
        ],
      },
      [
        'what functions do with each queue they have access to',
        'what functions do with each topic they have access to',
      ],
    ],
  ])('are also listed for an app with %s', (_what, parts, expected) => {
    expect(beyond(parts)).toEqual(expected.map((text): unknown => expect.stringContaining(text)));
  });
});

describe('an estimate', () => {
  const model = appModel({
    functions: [functionModel('Get', { triggers: [http('GET /')], usage: { durationMs: 700 } })],
    app: { ...appModel().app, region: 'eu-central-1' },
    usage: { monthlyEvents: { moderate: 3e6 } },
    logGroup: LOGS,
  });

  test('names its app', () => {
    expect(estimateOf(model).app).toEqual({
      id: 'App',
      path: 'Test/App',
      stage: 'production',
      stack: 'Test',
    });
  });

  test.each<[string, AppModel, EstimateSettings | undefined]>([
    ['as it stands', model, undefined],
    ['with the free tier', model, { freeTier: true }],
    ['with another usage', model, { usage: { monthlyEvents: { moderate: 7e6 } } }],
    ['in a region that is not known', { ...model, app: { ...model.app, region: '' } }, {}],
  ])('of one level equals that level of the whole estimate, %s', (_what, of, settings) => {
    for (const level of LEVELS) {
      const one = levelEstimateOf(of, level, settings);

      expect(one.monthlyDollars).toBeGreaterThan(0);
      expect(one).toEqual(estimateOf(of, settings).levels[level]);
    }
  });
});
