import { Lazy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { AppStage, ScalingOptions, ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { quickApp, templateOf, Validations, warnings } from '../support/synth';
import { AppContext } from '../../lib/core/app-context';

const DEVELOPMENT = { stage: AppStage.DEVELOPMENT }; // no warnings of open routes
const number = (value: number): number => Lazy.number({ produce: () => value });

/** What synthesis refuses or warns of, of an app that `declare` declares. */
function found(
  declare: (app: ServerlessApp) => void,
  props: ServerlessAppProps = {},
): { error?: string; warnings: string[] } {
  const { app, stack } = quickApp({ ...DEVELOPMENT, ...props });
  declare(app);
  try {
    templateOf(stack);
  } catch (error) {
    return { error: String(error), warnings: [] };
  }
  return { warnings: warnings(stack) };
}

const reserving =
  (...values: number[]) =>
  (app: ServerlessApp): void => {
    values.forEach((reservedConcurrentExecutions, i) => {
      app.addFunction(`F${i}`, { entry: 'ok.ts', reservedConcurrentExecutions });
    });
  };

describe('the reservations of the functions', () => {
  test('may leave 100 of 1,000', () => {
    expect(found(reserving(400, 500))).toEqual({ warnings: [] });
  });

  test('fail if they leave less', () => {
    expect(found(reserving(400, 501)).error).toContain(
      'got 901 reserved or provisioned by F1 501, F0 400',
    );
  });

  test('must leave 100 of the account’s limit', () => {
    expect(found(reserving(900, 501), { scaling: { concurrencyLimit: 1501 } })).toEqual({
      warnings: [],
    });
    expect(found(reserving(900, 501), { scaling: { concurrencyLimit: 1500 } }).error).toContain(
      'cdk-serverless-app:reserved-concurrency',
    );
  });

  test('count a function that is switched off as zero', () => {
    const declare = (app: ServerlessApp): void => {
      reserving(900)(app);
      app.addFunction('Off', { entry: 'other.ts', disabled: true });
    };

    expect(found(declare)).toEqual({ warnings: [] });
  });

  test('are not compared if they or the account’s limit are tokens', () => {
    expect(found(reserving(number(5000)))).toEqual({ warnings: [] });
    expect(found(reserving(5000), { scaling: { concurrencyLimit: number(1) } })).toEqual({
      warnings: [],
    });
  });

  test('are compared with the provisioned environments of the model', () => {
    const provisioning =
      (provisionedMin: number, provisionedMax?: number) =>
      (app: ServerlessApp): void => {
        reserving(5)(app);
        const coldStart = { kind: 'provisioned', min: provisionedMin, max: provisionedMax };
        Object.assign(AppContext.of(app).model.functions[0] ?? {}, { coldStart });
      };

    expect(found(provisioning(5))).toEqual({ warnings: [] });
    expect(found(provisioning(6)).error).toContain('cdk-serverless-app:provisioned-concurrency');
    expect(found(provisioning(1, 6)).warnings).toHaveLength(1);
    expect(found(provisioning(number(9)))).toEqual({ warnings: [] });
  });

  test('do not include a removed function', () => {
    const declare = (app: ServerlessApp): void => {
      reserving(500, 500)(app);
      app.node.tryRemoveChild('F0');
    };

    expect(found(declare)).toEqual({ warnings: [] });
  });
});

describe('warnings that can be acknowledged', () => {
  const cases: [string, string, (app: ServerlessApp) => void][] = [
    [
      'a stream’s function that reserves less than one shard asks for',
      'stream-concurrency',
      (app) => {
        const table = app.addTable('Orders', { partitionKey: 'id' });
        const options = { parallelizationFactor: 4, reservedConcurrentExecutions: 3 };
        app.onTableChange(table, 'ok.ts', options);
      },
    ],
    [
      'a table’s bound above the quota',
      'table-throughput',
      (app) => {
        const billing = dynamodb.Billing.onDemand({ maxWriteRequestUnits: 40_001 });
        app.addTable('Orders', { partitionKey: 'id', billing });
        app.addFunction('F', { entry: 'ok.ts' });
      },
    ],
    [
      'a route that is closed',
      'http-throttle',
      (app) => {
        app.onRequest('GET /', 'ok.ts', { throttle: { burstLimit: 0 } });
      },
    ],
  ];

  test.each(cases)('%s', (_name, id, declare) => {
    expect(found(declare).warnings).toEqual([expect.stringContaining(`cdk-serverless-app:${id}`)]);
  });

  test.each(cases)('%s, acknowledged', (_name, id, declare) => {
    const acknowledged = found((app) => {
      declare(app);
      Validations.of(app).acknowledge({ id: `cdk-serverless-app:${id}`, reason: 'meant' });
    });

    expect(acknowledged).toEqual({ warnings: [] });
  });

  test('the throttle of the app exceeds the account’s limit', () => {
    const declare = (app: ServerlessApp): void => {
      app.onRequest('GET /', 'ok.ts');
    };
    const http = { throttle: { rateLimit: 20_000 } };

    expect(found(declare, { http }).warnings).toHaveLength(1);
    expect(found(declare, { http, scaling: { apiRateLimit: 20_000 } }).warnings).toEqual([]);
  });
});

describe('the limits of the account', () => {
  test.each<[string, keyof ScalingOptions, number]>([
    ['no concurrent executions', 'concurrencyLimit', 0],
    ['half an execution', 'concurrencyLimit', 10.5],
    ['no requests a second', 'apiRateLimit', 0],
    ['no requests at once', 'apiBurstLimit', 0],
  ])('fail for %s', (_name, prop, value) => {
    expect(() => quickApp({ scaling: { [prop]: value } })).toThrow(
      `Test/App: \`scaling.${prop}\` must be a whole number not below 1`,
    );
  });

  test.each<keyof ScalingOptions>(['concurrencyLimit', 'apiRateLimit', 'apiBurstLimit'])(
    'may be 1, or a token: %s',
    (prop) => {
      expect(() => quickApp({ scaling: { [prop]: 1 } })).not.toThrow();
      expect(() => quickApp({ scaling: { [prop]: number(-1) } })).not.toThrow();
    },
  );

  test('are in the model', () => {
    const { app } = quickApp({ scaling: { concurrencyLimit: 3000 } });

    expect(AppContext.of(app).model.app.limits).toEqual({
      concurrency: 3000,
      apiRate: 10_000,
      apiBurst: 5000,
    });
  });
});
