import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Cloud } from '../../../bin/cloud';
import { doctor } from '../../../bin/commands/doctor';
import { logs } from '../../../bin/commands/logs';
import { report } from '../../../bin/commands/report';
import { types } from '../../../bin/commands/types';
import type { AccountReader } from '../../../bin/doctor/account-reader';
import type { LogEvent } from '../../../bin/logs/log-reader';
import { buildPage } from '../../../scripts/build-report';
import { tempFolder } from '../../support/synth';
import { cliSchema, fakeMetrics, runCommand } from '../support/fake-world';
import { ACCOUNT, deployedModel, functionModel, NIGHTLY, REGION, route } from '../support/models';
import { sinceCdk } from '../../support/since-cdk';

const MODEL = deployedModel([functionModel('Import', NIGHTLY), functionModel('Close', NIGHTLY)]);

const event = (id: string, fn: string, message: string): LogEvent => ({
  id,
  at: new Date('2026-11-24T09:29:50Z'),
  stream: `2026/11/24/Shop-${fn}-Abc[$LATEST]0123`,
  group: 'shop-logs',
  message,
});

/** Each read returns the next of these, then the last one again. */
function logsOf(...looks: LogEvent[][]): Cloud['logs'] {
  let look = 0;
  return () =>
    Promise.resolve({
      read: async function* () {
        const events = looks[Math.min(look++, looks.length - 1)] ?? [];
        if (look === looks.length) {
          process.emit('SIGINT');
        }
        yield await Promise.resolve(events);
      },
      query: () => Promise.resolve(undefined),
    });
}

test('logs of one function omit other functions and Lambda’s start and end lines', async () => {
  const events = [
    event('1', 'Import', '{"type":"platform.start","record":{}}'),
    event('2', 'Import', '{"level":"INFO","message":"one"}'),
    event('3', 'Close', '{"level":"INFO","message":"other"}'),
  ];
  const run = (options = {}): ReturnType<typeof runCommand> =>
    runCommand(logs, MODEL, { logs: logsOf(events, []) }, { args: ['Import'], options });

  expect((await run()).out).toBe('09:29:50.000 Import   one\n');
  expect((await run({ all: true })).out).toContain('· platform.start');
});

test('each line of logs --json follows the schema', async () => {
  const report =
    '{"type":"platform.report","record":{"requestId":"q","status":"success","metrics":{"durationMs":1,"billedDurationMs":1,"memorySizeMB":128,"maxMemoryUsedMB":50}}}';
  const { out } = await runCommand(
    logs,
    MODEL,
    { logs: logsOf([event('1', 'Import', report), event('2', 'Close', 'plain')], []) },
    { options: { json: true } },
  );

  const validate = cliSchema('logs');
  for (const line of out.trim().split('\n')) {
    const value: unknown = JSON.parse(line);
    expect([validate(value), validate.errors]).toEqual([true, null]);
  }
});

test('logs --follow shows each line once, until it is interrupted', async () => {
  const [one, two] = [event('1', 'Import', 'one'), event('2', 'Import', 'two')];

  const { code, out } = await runCommand(
    logs,
    MODEL,
    { logs: logsOf([one], [one, two]) },
    { options: { follow: true } },
  );

  expect(code).toBe(0);
  expect(out.match(/one|two/g)).toEqual(['one', 'two']);
});

test('logs include those of functions with a log group of their own, in the order of time', async () => {
  const own = { id: 'L', path: 'L', name: 'own-logs', made: true };
  const model = deployedModel([
    functionModel('Import', NIGHTLY),
    { ...functionModel('Close', NIGHTLY), logGroup: own },
  ]);
  const asked: string[] = [];
  const logsOfBoth: Cloud['logs'] = () =>
    Promise.resolve({
      read: async function* (group: string) {
        asked.push(group);
        const early = { ...event('1', 'x', 'early'), stream: '2026/11/24/[$LATEST]1', group };
        const late = { ...event('2', 'Import', 'late'), at: new Date('2026-11-24T09:29:51Z') };
        yield await Promise.resolve([group === 'own-logs' ? early : late]);
      },
      query: () => Promise.resolve(undefined),
    });

  const all = await runCommand(logs, model, { logs: logsOfBoth });
  const one = await runCommand(logs, model, { logs: logsOfBoth }, { args: ['Close'] });

  expect(all.out).toBe('09:29:50.000 Close    early\n09:29:51.000 Import   late\n');
  expect(one.out).toBe('09:29:50.000 Close    early\n');
  expect(asked).toEqual(['shop-logs', 'own-logs', 'own-logs']);
});

test('logs fail for an unknown function', async () => {
  await expect(runCommand(logs, MODEL, { logs: logsOf([]) }, { args: ['Imprt'] })).rejects.toThrow(
    'there is no function `Imprt`',
  );
});

const ACCOUNT_READER: AccountReader = {
  identity: () => Promise.resolve({ account: ACCOUNT, arn: 'arn:aws:iam::1:user/me' }),
  region: () => Promise.resolve(REGION),
  parameter: () => Promise.resolve('21'),
  concurrencyLimit: () => Promise.resolve(1000),
  costTagActive: () => Promise.resolve(true),
  routesWithSettings: () => Promise.resolve([]),
  logRole: () => Promise.resolve('arn:aws:iam::1:role/logs'),
};

function examine(change: Partial<AccountReader> = {}): Promise<Record<string, string>> {
  const account = (): Promise<AccountReader> => Promise.resolve({ ...ACCOUNT_READER, ...change });
  return runCommand(doctor, MODEL, { account }, { options: { json: true } }).then(({ out }) => {
    const value = JSON.parse(out) as { id: string; status: string }[];
    const validate = cliSchema('doctor');
    expect([validate(value), validate.errors]).toEqual([true, null]);
    return Object.fromEntries(value.map(({ id, status }) => [id, status]));
  });
}

sinceCdk('2.276.0')('doctor passes a healthy machine and account', async () => {
  expect(await examine()).toEqual({
    'cdk-cli': 'ok',
    node: 'ok',
    esbuild: 'ok',
    'template-validation': 'ok',
    region: 'ok',
    credentials: 'ok',
    account: 'ok',
    bootstrap: 'ok',
    concurrency: 'ok',
    'cost-tag': 'skipped',
  });
});

test('doctor goes on without a permission, and stops without credentials', async () => {
  const fails = (name: string, message: string) => (): Promise<never> =>
    Promise.reject(Object.assign(new Error(message), { name }));

  const denied = await examine({ parameter: fails('AccessDeniedException', 'Access Denied') });
  const nobody = await examine({
    identity: fails('CredentialsProviderError', 'Could not load credentials from any providers'),
  });

  expect([denied.bootstrap, denied.concurrency]).toEqual(['failed', 'ok']);
  expect([nobody.credentials, nobody.bootstrap]).toEqual(['failed', undefined]);
});

test('doctor goes on after an unknown error of AWS, and throws a defect', async () => {
  const odd = Object.assign(new Error('UnknownError'), {
    action: 'ssm:GetParameter',
    $metadata: {},
  });
  const reader = (error: Error): Partial<AccountReader> => ({
    parameter: () => Promise.reject(error),
  });

  const found = await examine(reader(odd));

  expect([found.bootstrap, found.concurrency]).toEqual(['failed', 'ok']);
  await expect(examine(reader(new TypeError('x is not a function')))).rejects.toThrow(TypeError);
});

test('report --metrics shows the region and account of the deployed app', async () => {
  const app = { ...MODEL.app, region: { Ref: 'AWS::Region' }, account: { Ref: 'AWS::AccountId' } };
  const output = tempFolder();
  buildPage();
  const { code, out } = await runCommand(
    report,
    { ...MODEL, app: app as unknown as typeof MODEL.app },
    { metrics: fakeMetrics({}) },
    { options: { metrics: true, output } },
  );

  const page = fs.readFileSync(out.trim(), 'utf8');
  expect(code).toBe(0);
  expect(page).toMatch(new RegExp(`region (<[^>]*>)?${REGION}`));
  expect(page).toMatch(new RegExp(`account (<[^>]*>)?${ACCOUNT}`));
});

test('doctor checks the cost allocation tag of an app with a budget', async () => {
  const monitoring = { ...MODEL.monitoring, budgetDollars: 200 };
  const account = (): Promise<AccountReader> =>
    Promise.resolve({ ...ACCOUNT_READER, costTagActive: () => Promise.resolve(false) });

  const { out, code } = await runCommand(doctor, { ...MODEL, monitoring }, { account });

  expect([code, out]).toEqual([
    0,
    expect.stringContaining('the cost allocation tag serverless-app is not active') as unknown,
  ]);
});

test('doctor names the app of a line if there are several', async () => {
  const folder = tempFolder();
  const apps = [
    { ...MODEL, app: { ...MODEL.app, id: 'One', path: 'Shop/One' } },
    { ...MODEL, app: { ...MODEL.app, id: 'Two', path: 'Shop/Two', account: '999999999999' } },
  ];
  const entries = apps.map((model, i) => {
    fs.writeFileSync(path.join(folder, `${i}.serverless-app.json`), JSON.stringify(model));
    return { type: 'cdk-serverless-app:model', data: `${i}.serverless-app.json` };
  });
  fs.writeFileSync(
    path.join(folder, 'manifest.json'),
    JSON.stringify({ artifacts: { Shop: { metadata: { x: entries } } } }),
  );
  const account = (): Promise<AccountReader> => Promise.resolve(ACCOUNT_READER);
  const run = (options: object): ReturnType<typeof runCommand> =>
    runCommand(doctor, MODEL, { account }, { options: { assembly: folder, ...options } });

  const { out, code } = await run({});
  const found = JSON.parse((await run({ json: true })).out) as { id: string; apps?: string[] }[];

  expect(code).toBe(1);
  expect(out).toMatch(/✗ {2}Shop\/Two: the credentials are for account/);
  expect(out).toMatch(/✓ {2}Shop\/One: account 123456789012/);
  expect(out).toMatch(/✓ {2}region eu-central-1/);
  expect(found.filter(({ id }) => id === 'account').map(({ apps: of }) => of)).toEqual([
    ['Shop/One'],
    ['Shop/Two'],
  ]);
});

describe('doctor on the role with which API Gateway writes access logs', () => {
  const accessLog = { id: 'L', path: 'Shop/Orders/L', name: 'l', made: true };
  const api = {
    ...{ id: 'RestApi', path: 'Shop/Orders/RestApi', name: 'orders', made: true },
    type: 'rest' as const,
    accessLog: accessLog as never,
  };
  const base = deployedModel([functionModel('A', route('GET /a'))]);
  const linesOf = async (http: object, role?: string): Promise<string> => {
    const account = (): Promise<AccountReader> =>
      Promise.resolve({ ...ACCOUNT_READER, logRole: () => Promise.resolve(role) });
    const model = { ...base, http: { ...api, ...http } };
    const { out } = await runCommand(doctor, model, { account }, { options: { json: true } });
    return (JSON.parse(out) as { id: string; status: string; fix?: string }[])
      .filter(({ id }) => ['log-role', 'route-settings'].includes(id))
      .map(({ id, status, fix = '' }) => `${id} ${status} ${fix}`)
      .join();
  };

  test('accepts one that is set, or that the app sets', async () => {
    expect(await linesOf({}, 'arn:aws:iam::1:role/logs')).toBe('log-role ok ');
    expect(await linesOf({ logRole: true })).toBe('log-role ok ');
  });

  test('fails without one, with the remedy', async () => {
    expect(await linesOf({})).toBe(
      'log-role failed set `rest: { accountLogRole: true }` (or `webSocket`) in one app of the account and region, or `accessLog: false`',
    );
  });

  test('needs none without an access log', async () => {
    expect(await linesOf({ accessLog: undefined })).toBe('');
  });
});

describe('doctor on the routes with settings in the deployed stage', () => {
  const api = { id: 'HttpApi', path: 'Shop/Orders/HttpApi', name: 'a1b2', made: true };
  const throttled = { ...route('GET /a'), details: { rateLimit: 10 } };
  const model = { ...deployedModel([functionModel('A', throttled)]), http: api };
  const lineOf = async (keys: readonly string[] | undefined): Promise<string> => {
    const account = (): Promise<AccountReader> =>
      Promise.resolve({ ...ACCOUNT_READER, routesWithSettings: () => Promise.resolve(keys) });
    const { out } = await runCommand(doctor, model, { account }, { options: { json: true } });
    const found = (JSON.parse(out) as { id: string; status: string; text: string; fix?: string }[])
      .filter(({ id }) => id === 'route-settings')
      .map(({ status, text, fix = '' }) => `${status}: ${text} ${fix}`);
    return found.join();
  };

  test('accepts those of routes with a throttle', async () => {
    expect(await lineOf(['GET /a'])).toMatch(/^ok: /);
  });

  test('names the command that deletes those of other routes', async () => {
    expect(await lineOf(['GET /a', 'GET /b'])).toBe(
      'warning: the stage keeps settings of `GET /b`, which the app does not throttle ' +
        "aws apigatewayv2 delete-route-settings --api-id a1b2 --stage-name '$default' --route-key 'GET /b'",
    );
  });

  test('is skipped for an API that is not deployed', async () => {
    expect(await lineOf(undefined)).toMatch(/^skipped: /);
  });
});

describe('types', () => {
  const withVariables = deployedModel([{ ...functionModel('Import'), variables: ['TABLE'] }]);
  const run = (options: Record<string, string | boolean>): ReturnType<typeof runCommand> =>
    runCommand(types, withVariables, {}, { options });

  test('writes the file, and then --check agrees', async () => {
    const output = path.join(tempFolder(), 'env.d.ts');

    expect((await run({ output })).out).toBe(`${output}\n`);
    expect(fs.readFileSync(output, 'utf8')).toContain('  readonly TABLE: string;\n');
    await expect(run({ output, check: true })).resolves.toMatchObject({ out: '' });
  });

  test.each([
    ['missing', undefined],
    ['not up to date', '// old'],
  ])('--check fails if it is %s, and writes nothing', async (what, text) => {
    const output = path.join(tempFolder(), 'env.d.ts');
    if (text !== undefined) {
      fs.writeFileSync(output, text);
    }

    await expect(run({ output, check: true })).rejects.toThrow(`${output} is ${what}`);
    expect(fs.existsSync(output) ? fs.readFileSync(output, 'utf8') : undefined).toBe(text);
  });
});
