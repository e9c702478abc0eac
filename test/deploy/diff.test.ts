// `serverless-app diff`, the bundled command, against a stack that is deployed and against a commit of the app's repository.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Difference, StackChange } from '../../bin/diff/difference';
import { CdkCli } from './support/cdk-cli';
import { CommandLine, Outcome } from './support/command';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { REPOSITORY, workFolder } from './support/folders';

jest.setTimeout(TEST_TIMEOUT_MS);

/** For a test that synthesizes twice. */
const SYNTHESES_TIMEOUT_MS = 2 * TEST_TIMEOUT_MS;

// A repository of its own. It names the library by its whole path, since a commit is synthesized in a temporary folder.
const folder = workFolder('diff');
fs.cpSync(path.join(__dirname, 'fixtures', 'diff'), folder, { recursive: true });
fs.symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules'));
write('.gitignore', 'node_modules\ncdk.out\n');
write(
  'tsconfig.json',
  JSON.stringify({
    compilerOptions: {
      module: 'node16',
      esModuleInterop: true,
      paths: { 'cdk-serverless-app': [path.join(REPOSITORY, 'lib', 'index.ts')] },
    },
  }),
);
git('init', '--quiet', '--initial-branch', 'main');
git('add', '.');
git('commit', '--quiet', '--message', 'the app as it is deployed');
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  fs.writeFileSync(path.join(folder, file), text);
}

function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  execFileSync('git', [...who, ...args], { cwd: folder });
}

describeDeployed('diff', { folder, stackName: 'Diffed' }, (app) => {
  let command: CommandLine;
  let changed: CdkCli;

  beforeAll(async () => {
    command = (await CommandLine.build()).in(folder);
    write('version.json', '{ "changed": true }');
    changed = new CdkCli(app().target, { folder });
    await changed.synth();
  }, TEST_TIMEOUT_MS);
  afterAll(() => {
    changed.close();
  });

  const diff = (assembly: string, ...args: string[]): Promise<Outcome> =>
    command.runWith(
      { ...app().target.cdkEnvironment, NO_COLOR: '1' },
      ...['diff', '--assembly', assembly, ...args],
    );
  const differenceOf = ({ stdout }: Outcome): Difference => JSON.parse(stdout) as Difference;
  const stackOf = (outcome: Outcome): StackChange => {
    const [stack] = differenceOf(outcome).stacks;
    if (stack === undefined) {
      throw new Error('there is no stack');
    }
    return stack;
  };
  const kindsOf = ({ findings }: StackChange): string[] => [
    ...new Set(findings.map(({ kind }) => kind)),
  ];

  test('finds no change in what is deployed', async () => {
    const outcome = await diff(app().assembly, '--fail-on', 'data-loss,will-fail,permission-added');

    expect([outcome.code, outcome.stdout]).toEqual([0, 'Diffed: no change\n']);
  });

  test('says what an update does to what is deployed, the most dangerous first', async () => {
    const { code, stdout, stderr } = await diff(changed.assembly);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Diffed: \d+ resources created, \d+ updated, 1 replaced, \d+ deleted\n/,
    );
    expect(
      stdout.match(/^ {2}\S.* \(([a-z-]+)\)$/gm)?.map((line) => line.split(/[()]/)[1]),
    ).toEqual([
      'data-loss',
      'permission-added',
      'permission-removed',
      'trigger-moved',
      'trigger-added',
    ]);
    expect(stdout).toMatch(/Diffed\/Shop\/Ledger\S* .*\n +instead: /);
    expect(stderr).toContain('needs --compare');
  });

  test('--json has the same for a program', async () => {
    const outcome = await diff(changed.assembly, '--json');

    expect(differenceOf(outcome).comparedWith).toBe('deployed');
    expect(stackOf(outcome)).toMatchObject({ stack: 'Diffed', state: 'changed' });
    expect(kindsOf(stackOf(outcome))).toEqual([
      'data-loss',
      'permission-added',
      'permission-removed',
      'trigger-moved',
      'trigger-added',
    ]);
  });

  test('--markdown shows the danger and folds the rest', async () => {
    const { code, stdout } = await diff(changed.assembly, '--markdown');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^### Infrastructure changes, compared with what is deployed\n/);
    const [visible = '', folded = ''] = stdout.split('<details>');
    expect(visible).toMatch(/⚠️ \*\*.*\*\*\n\n- `Diffed\/Shop\/Ledger/);
    expect(folded).toContain('/orders/{id}');
    expect(folded).toContain('</details>');
  });

  test.each([
    ['data-loss', 1, 'of data-loss, which --fail-on does not allow'],
    ['will-fail,downtime', 0, ''],
    ['will-fail,permission-added', 1, 'of permission-added, which --fail-on does not allow'],
    ['data-los', 1, '`--fail-on` must name kinds of findings, got `data-los`'],
  ])('--fail-on %s ends with %i', async (kinds, code, says) => {
    const outcome = await diff(changed.assembly, '--fail-on', kinds);

    expect([outcome.code, outcome.stderr]).toEqual([code, expect.stringContaining(says)]);
  });

  test(
    'compares with a commit, with the monthly cost',
    async () => {
      const now = new CdkCli(app().target, { folder });
      await now.synthAsIs();
      try {
        const { code, stdout, stderr } = await diff(
          now.assembly,
          ...['--compare', 'main', '--fail-on', 'data-loss', '--markdown'],
        );

        expect([code, stderr]).toEqual([1, expect.stringContaining('1 of data-loss')]);
        expect(stdout).toMatch(/^### Infrastructure changes, compared with `main`\n/);
        expect(stdout).toMatch(/⚠️ \*\*.*\*\*\n\n- `Diffed\/Shop\/Ledger/);
        expect(stdout).toMatch(/^\*\*Diffed\/Shop, moderate usage:\*\* \$.* → \$.* a month$/m);
      } finally {
        now.close();
      }
    },
    SYNTHESES_TIMEOUT_MS,
  );

  test('compares with a ref that is not there', async () => {
    const { code, stderr } = await diff(changed.assembly, '--compare', 'mian');

    expect([code, stderr]).toEqual([1, expect.stringContaining('there is no git ref `mian`')]);
  });

  test('after the update there is no change', async () => {
    await changed.deploy();

    const outcome = await diff(changed.assembly);

    expect([outcome.code, outcome.stdout]).toEqual([0, 'Diffed: no change\n']);
  });

  test('a stack that is not deployed is new', async () => {
    await changed.destroy();

    const { code, stdout } = await diff(changed.assembly, '--fail-on', 'data-loss');

    expect([code, stdout]).toEqual([0, expect.stringMatching(/^Diffed: new, \d+ resources\n/)]);
  });
});
