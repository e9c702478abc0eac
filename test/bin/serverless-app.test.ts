import { Duration, Stack, Stage } from 'aws-cdk-lib';
import { HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ColdStart, Rollout, ServerlessApp, Sharding } from 'cdk-serverless-app';
import { BuiltCli, buildCli } from '../../scripts/build-cli';
import { HANDLERS, quickCdkApp, serverlessApp, tempFolder } from '../support/synth';

let folder: string;
let command: string;
let built: BuiltCli;
let assembly: string;

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the bundled command, as a user's shell would. */
function run(...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cli-'));
  command = path.join(folder, 'bin', 'serverless-app.js');
  built = await buildCli(command);
  const { app } = serverlessApp();
  const table = app.addTable('Orders', { partitionKey: 'id' });
  const bucket = app.addBucket('Uploads');
  app.onRequest('GET /orders', 'ok.ts').reads(table);
  app.onRequest('GET /health', 'ok.ts', { id: 'Health', authorizer: new HttpNoneAuthorizer() });
  app.onTableChange(table, 'other.ts').readsAndWrites(bucket);
  app.onObjectCreated(bucket, 'third.ts', { prefix: 'in/', suffix: '.csv' });
  app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'ok.ts', {
    id: 'Hourly',
    enabled: false,
  });
  app.addFunction('Idle', { entry: 'ok.ts' });
  assembly = Stage.of(app)?.synth().directory ?? '';
}, 60_000);

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

test('the AWS clients are a string that is compiled on first use, and they share the error classes', () => {
  const code = fs.readFileSync(command, 'latin1');
  const env = { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' };
  const args = [command, 'cost', '--region', 'eu-central-1', '--assembly', assembly];
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });

  expect(/[\x80-\xff]/.test(code)).toBe(false); // which Node.js reads slower
  expect(built.atStart.filter((file) => /@(aws-sdk|smithy)/.test(file))).toEqual([]);
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^there are no AWS credentials/)]);
});

test('every bundled package has its notice', () => {
  const notices = fs.readFileSync(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const packages = new Set(
    [...built.atStart, ...built.lazy].flatMap(
      (file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
    ),
  );

  expect(packages.size).toBeGreaterThan(40);
  for (const name of packages) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
  }
  expect(notices).toContain('Permission is hereby granted, free of charge');
});

test('describe shows triggers, access and failure destinations', () => {
  const { status, stdout, stderr } = run('describe', '--assembly', assembly);

  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toBe(
    [
      'Test/App (production)',
      '  Ok      GET /orders (open)             reads Orders',
      '  Health  GET /health (open)',
      '  Other   changes of Orders              reads and writes Uploads',
      '  Third   objects of Uploads (in/*.csv)',
      '  Hourly  rate(1 hour) Etc/UTC (off)',
      '  Idle    nothing runs it',
      '  failed events go to FailureQueue',
      '  failed records of streams go to FailureBucket',
      '',
    ].join('\n'),
  );
});

test('describe shows provisioned concurrency and rollouts', () => {
  const { app } = serverlessApp();
  const interval = Duration.minutes(5);
  const schedule = ScheduleExpression.rate(Duration.hours(1));
  const table = app.addTable('Orders', { partitionKey: 'id' });
  const add = (id: string, coldStart?: ColdStart, rollout?: Rollout): void => {
    app.addFunction(id, { entry: 'ok.ts', coldStart, rollout }).reads(table);
  };
  add('Fixed', ColdStart.provisioned({ min: 2 }));
  add(
    'Scaled',
    ColdStart.provisioned({ min: 2, max: 9 }),
    Rollout.canary({ percent: 10, interval }),
  );
  add('Hours', ColdStart.provisioned({ min: 1, schedules: [{ schedule, min: 3 }] }));
  add('Steps', undefined, Rollout.linear({ percent: 25, interval }));
  const made = Stage.of(app)?.synth().directory ?? '';

  const { stdout } = run('describe', '--assembly', made);

  expect(stdout.split('\n').slice(1, 5)).toEqual([
    '  Fixed   nothing runs it  reads Orders; 2 ready',
    '  Scaled  nothing runs it  reads Orders; 2 to 9 ready; 10 % for 5 min, then all',
    '  Hours   nothing runs it  reads Orders; 1 ready, by schedule',
    '  Steps   nothing runs it  reads Orders; 25 % more every 5 min',
  ]);
});

test('describe --json prints the models', () => {
  const { stdout } = run('describe', 'Test/App', '--json', `--assembly=${assembly}`);

  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({
      schemaVersion: 1,
      app: expect.objectContaining({ id: 'App' }) as unknown,
    }),
  ]);
});

test.each([
  [['--help'], /^Usage: serverless-app \[options\] \[command\]/],
  [['describe', '--help'], /^Usage: serverless-app describe/],
  [['--version'], /^\d+\.\d+\.\d+\n$/],
  [[], /^Usage: serverless-app \[options\] \[command\]/],
])('%j prints to standard output', (args, text) => {
  const { status, stdout } = run(...args);

  expect([status, stdout]).toEqual([0, expect.stringMatching(text)]);
});

test.each([
  [['descibe'], 'there is no command `descibe`: did you mean `describe`? See --help'],
  [['describe', '--jsn'], 'there is no option `--jsn`: did you mean `--json`? See --help'],
  [['--versoin'], 'there is no option `--versoin`: did you mean `--version`? See --help'],
  [['toString'], 'there is no command `toString`: see --help'],
  [
    ['describe', '--assembly'],
    '`--assembly` must be followed by a value: write, for example, `--assembly <folder>`, or leave it out',
  ],
  [
    ['describe', '--assembly', '--json'],
    '`--assembly` must be followed by a value: write, for example, `--assembly cdk.out`, or leave it out',
  ],
  [['describe', '--json=1'], '`--json` takes no value, got `1`: write `--json` alone'],
  [['describe', '-x'], 'there is no option `-x`: see --help'],
  [
    ['describe', 'a', 'b'],
    '`serverless-app describe` takes at most one app, got a, b: see `serverless-app describe --help`',
  ],
  [
    ['describe'],
    'there is no cloud assembly in cdk.out: run `npx cdk synth` first, or name the folder with --assembly',
  ],
])('fails with one line and code 1 for %j', (args, line) => {
  expect(run(...args)).toEqual({ status: 1, stdout: '', stderr: `${line}\n` });
});

test('fails with the nearest name for an unknown app', () => {
  const { status, stderr } = run('describe', 'Ap', '--assembly', assembly);

  expect([status, stderr]).toEqual([1, 'there is no app `Ap`: did you mean `App`?\n']);
});

test('fails for a model of another version', () => {
  // GIVEN
  const copy = path.join(folder, 'other');
  fs.cpSync(assembly, copy, { recursive: true });
  const file = path.join(copy, 'Test.App.serverless-app.json');
  fs.writeFileSync(
    file,
    fs.readFileSync(file, 'utf8').replace('"schemaVersion": 1', '"schemaVersion": 99'),
  );

  // WHEN
  const { status, stderr } = run('describe', '--assembly', copy);

  // THEN
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining('has version 99, but this command reads version 1'),
  ]);
});

test.each<[string, (model: Record<string, unknown> & { functions: object[] }) => void]>([
  ['keys', (model) => delete model.keys],
  [
    'functions[0].rollout',
    ({ functions: [first] }) => delete (first as { rollout?: object }).rollout,
  ],
  ['functions', (model) => Object.assign(model, { functions: 'none' })],
  ['app', (model) => Object.assign(model, { app: [] })],
  ['app.id', (model) => Object.assign(model.app as object, { id: 7 })],
  ['functions[0]', ({ functions }) => functions.splice(0, 1, null as unknown as object)],
])('fails with one line for a model that lacks `%s`, as of an older version', (part, change) => {
  const copy = path.join(folder, `without-${part}`);
  fs.cpSync(assembly, copy, { recursive: true });
  const file = path.join(copy, 'Test.App.serverless-app.json');
  const model = JSON.parse(fs.readFileSync(file, 'utf8')) as { functions: object[] };
  change(model);
  fs.writeFileSync(file, JSON.stringify(model));

  const { status, stderr } = run('estimate', '--assembly', copy);

  expect([status, stderr]).toEqual([
    1,
    `${file} has no valid \`${part}\`: it is damaged, or another version of cdk-serverless-app wrote it: ` +
      'synthesize again with this version of cdk-serverless-app\n',
  ]);
});

test.each<[string, string, string, RegExp]>([
  [
    'a truncated model',
    'Test.App.serverless-app.json',
    '{',
    /model|json is damaged: it does not hold a JSON object/,
  ],
  ['an empty model', 'Test.App.serverless-app.json', '', /is damaged/],
  ['a model that is a list', 'Test.App.serverless-app.json', '[]', /is damaged/],
  ['a truncated manifest', 'manifest.json', '{"artifacts":', /manifest\.json is damaged/],
  ['an empty manifest', 'manifest.json', '', /manifest\.json is damaged/],
  ['odd artifacts', 'manifest.json', '{"artifacts":[null,7,{"type":{}}]}', /has no serverless app/],
  [
    'odd metadata',
    'manifest.json',
    '{"artifacts":{"a":{"metadata":{"x":null,"y":[7,null,{"type":"cdk-serverless-app:model","data":7}]}}}}',
    /has no serverless app/,
  ],
  [
    'a manifest that names itself',
    'manifest.json',
    '{"artifacts":{"a":{"type":"cdk:cloud-assembly","properties":{"directoryName":"."}}}}',
    /names its own folder as a nested assembly/,
  ],
  [
    'a nested assembly that is gone',
    'manifest.json',
    '{"artifacts":{"a":{"type":"cdk:cloud-assembly","properties":{"directoryName":"x"}}}}',
    /there is no .*manifest\.json, which the manifest names/,
  ],
])('fails with one line for %s', (what, name, text, message) => {
  const copy = path.join(folder, what.replaceAll(' ', '-'));
  fs.cpSync(assembly, copy, { recursive: true });
  fs.writeFileSync(path.join(copy, name), text);

  const { status, stdout, stderr } = run('describe', '--assembly', copy);

  expect([status, stdout, stderr.trim().split('\n')]).toEqual([
    1,
    '',
    [expect.stringMatching(message)],
  ]);
});

test('fails with one line for a model that is a folder', () => {
  const copy = path.join(folder, 'model-folder');
  fs.cpSync(assembly, copy, { recursive: true });
  const file = path.join(copy, 'Test.App.serverless-app.json');
  fs.rmSync(file);
  fs.mkdirSync(file);

  expect(run('describe', '--assembly', copy)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/cannot be read \(EISDIR\).*\n$/) as string,
  });
});

test.each(['Test/App', 'App', 'Test'])('an app is found by %s', (name) => {
  expect(run('describe', name, '--assembly', assembly).stdout).toMatch(/^Test\/App /);
});

/** Synthesizes stacks into a folder, each with one app, and returns the paths that `describe` prints. */
function describedAfter(outdir: string, ...stacks: string[]): string[] {
  const cdk = quickCdkApp({ outdir });
  for (const id of stacks) {
    const stage = id.startsWith('Stage') ? new Stage(cdk, id) : cdk;
    const app = new ServerlessApp(new Stack(stage, 'Stack'.concat(id)), 'App', { root: HANDLERS });
    app.onRequest('GET /', 'ok.ts');
  }
  if (stacks.length === 0) {
    new Stack(cdk, 'Empty');
  }
  cdk.synth();
  const { stdout, stderr } = run('describe', '--json', '--assembly', outdir);
  return stderr === ''
    ? (JSON.parse(stdout) as { app: { path: string } }[]).map((model) => model.app.path)
    : [stderr];
}

test('describe includes apps in stages and omits removed apps', () => {
  const outdir = tempFolder();

  expect(describedAfter(outdir, 'One', 'Stage')).toEqual(['StackOne/App', 'Stage/StackStage/App']);
  expect(describedAfter(outdir, 'One')).toEqual(['StackOne/App']);
  expect(describedAfter(outdir, 'Two')).toEqual(['StackTwo/App']);
  expect(describedAfter(outdir)).toEqual([expect.stringContaining('has no serverless app')]);
});

test('fails if a model that the manifest names is missing', () => {
  const copy = path.join(folder, 'removed');
  fs.cpSync(assembly, copy, { recursive: true });
  fs.rmSync(path.join(copy, 'Test.App.serverless-app.json'));

  const { status, stderr } = run('describe', '--assembly', copy);

  expect([status, stderr]).toEqual([
    1,
    `there is no ${copy}/Test.App.serverless-app.json, which the manifest names: run \`npx cdk synth\` again\n`,
  ]);
});

test.each([
  [1, '1 shard'],
  [4, '4 shards'],
])('describe reads an app in %d nested stacks', (count, shards) => {
  const { app } = serverlessApp({ sharding: Sharding.nestedStacks(count) });
  const table = app.addTable('Orders', { partitionKey: 'id' });
  app.onRequest('GET /health', 'ok.ts').reads(table);
  const { directory = '' } = Stage.of(app)?.synth() ?? {};

  const { status, stdout } = run('describe', '--assembly', directory);

  expect(status).toBe(0);
  expect(stdout).toBe(`Test/App (production, ${shards})\n  Ok  GET /health (open)  reads Orders\n`);
});
