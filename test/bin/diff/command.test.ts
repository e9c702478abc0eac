import Ajv2020 from 'ajv/dist/2020';
import { diff } from '../../../bin/commands/diff';
import { parseFailOn } from '../../../bin/diff/fail-on';
import { FINDING_KINDS } from '../../../bin/diff/finding';
import { UserError } from '../../../bin/user-error';
import type { Difference } from '../../../bin/diff/difference';
import COMPARISON from '../../../schema/cli/comparison.schema.json';
import SCHEMA from '../../../schema/cli/diff.schema.json';
import { Stack } from 'aws-cdk-lib';
import { ServerlessApp, ServerlessAppProps, Sharding } from 'cdk-serverless-app';
import { fs, HANDLERS, path, quickCdkApp } from '../../support/synth';
import { runCommand } from '../support/fake-world';
import { deployedModel } from '../support/models';

/** A cloud assembly of an app with a table and a route, in which the key of the table is as given. */
function assembly(key: string, props: ServerlessAppProps = {}): string {
  const cdk = quickCdkApp();
  const app = new ServerlessApp(new Stack(cdk, 'Shop'), 'Orders', { root: HANDLERS, ...props });
  const table = app.addTable('Ledger', { partitionKey: key });
  app.onRequest('GET /a', 'ok.ts', { id: 'List' }).reads(table);
  return cdk.synth().directory;
}

const run = (
  options: Record<string, string | boolean>,
  templates: Record<string, string | undefined> = {},
): ReturnType<typeof runCommand> =>
  runCommand(
    diff,
    deployedModel([]),
    {
      stacks: () =>
        Promise.resolve({
          describe: (stackName) =>
            Promise.resolve({
              stackId: 'arn',
              stackName,
              parameters: {},
              resources: Object.fromEntries(
                Object.keys(templates).map((name) => [
                  name,
                  { type: 'AWS::CloudFormation::Stack', id: name },
                ]),
              ),
            }),
          template: (name) => Promise.resolve(templates[name]),
          exports: () => Promise.resolve({}),
        }),
    },
    { options },
  );

const templatesIn = (folder: string): string[] =>
  fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'));

test('reports the effect on data, with a safer way', async () => {
  const options = { assembly: assembly('other'), compare: assembly('id') };

  const { code, out } = await run(options);

  expect(code).toBe(0);
  expect(out).toMatch(/^Shop: 3 resources updated|^Shop: .*1 replaced/);
  expect(out).toMatch(
    /Data is left behind.*\n +Shop\/Orders\/Ledger is replaced by an empty one \(KeySchema changes\)/,
  );
});

test('fails on the kinds that `--fail-on` names', async () => {
  const options = { assembly: assembly('other'), compare: assembly('id') };

  const failed = await run({ ...options, failOn: 'data-loss,data-replaced' });
  const passed = await run({ ...options, failOn: 'data-loss, will-fail' });

  expect([failed.code, failed.said]).toEqual([
    1,
    ['1 of data-replaced, which --fail-on does not allow'],
  ]);
  expect([passed.code, passed.said]).toEqual([0, []]);
});

test('prints JSON that follows its schema', async () => {
  const options = { assembly: assembly('other'), compare: assembly('id'), json: true };
  const validate = new Ajv2020({ strict: true, schemas: [COMPARISON] }).compile(SCHEMA);

  const { out } = await run(options);
  const value = JSON.parse(out) as Difference;

  expect([validate(value), validate.errors]).toEqual([true, null]);
  expect(value.stacks[0]?.findings[0]?.kind).toBe('data-replaced');
  expect(value.costs).toHaveLength(1);
  expect(SCHEMA.properties.stacks.items.properties.findings.items.properties.kind.enum).toEqual([
    ...FINDING_KINDS,
  ]);
});

test('prints Markdown with the dangerous changes visible', async () => {
  const { out } = await run({
    assembly: assembly('other'),
    compare: assembly('id'),
    markdown: true,
  });

  expect(out).toMatch(/^### Infrastructure changes, compared with `/);
  expect(out).toContain('- `Shop/Orders/Ledger` is replaced by an empty one');
});

test('compares with the deployed stack and its nested stacks', async () => {
  const props = { sharding: Sharding.nestedStacks(1) };
  const folder = assembly('id', props);
  const [shop = '', nested = ''] = templatesIn(folder).sort(
    (a, b) =>
      Number(b.includes('CloudFormation::Stack')) - Number(a.includes('CloudFormation::Stack')),
  );
  const [id = ''] = Object.entries(
    (JSON.parse(shop) as { Resources: Record<string, { Type: string }> }).Resources,
  )
    .filter(([, { Type }]) => Type === 'AWS::CloudFormation::Stack')
    .map(([name]) => name);

  const same = await run({ assembly: folder }, { Shop: shop, [id]: nested });
  const other = await run({ assembly: assembly('other', props) }, { Shop: shop, [id]: nested });

  expect(same.out.trim()).toBe('Shop: no change');
  expect(other.out).toContain('Shop/Orders/Ledger is replaced');
  expect(other.said).toEqual([expect.stringContaining('needs --compare')]);
});

test('reports a stack that is not deployed yet as new', async () => {
  const { out, code } = await run({ assembly: assembly('id'), failOn: FINDING_KINDS.join() });

  expect([code, out.trim()]).toEqual([0, expect.stringMatching(/^Shop: new, \d+ resources$/)]);
});

test('reports a removed stack, which stays deployed', async () => {
  const cdk = quickCdkApp();
  const other = new ServerlessApp(new Stack(cdk, 'Other'), 'Orders', { root: HANDLERS });
  other.addFunction('A', { entry: 'ok.ts' });

  const { out } = await run({ assembly: cdk.synth().directory, compare: assembly('id') });

  expect(out).toContain('Shop: no longer in the app; it stays deployed until `cdk destroy`');
});

test.each([
  [{ assembly: 'no-such-folder' }, 'there is no cloud assembly'],
  [{ assembly: '.', failOn: 'data-los' }, 'must name kinds of findings, got `data-los`'],
])('fails for %j', async (options, message) => {
  await expect(run(options)).rejects.toThrow(message);
});

test('a deployed template that is not JSON is refused', async () => {
  await expect(run({ assembly: assembly('id') }, { Shop: 'Resources: {}' })).rejects.toThrow(
    'is not JSON',
  );
});

test('suggests the nearest kind for a misspelt one', () => {
  expect(parseFailOn(undefined)).toEqual([]);
  expect(() => parseFailOn('data-los')).toThrow(UserError);
  try {
    parseFailOn('data-los');
  } catch (error) {
    expect((error as UserError).remedy).toMatch(/data-loss.*; the kinds are data-loss, /);
  }
});

describe('a damaged cloud assembly', () => {
  /** An assembly with two nested stacks, and the file of one of them. */
  function nested(): { folder: string; file: string } {
    const folder = assembly('id', { sharding: Sharding.nestedStacks(1) });
    const file = templateFiles(folder).find((name) => name.includes('.nested.'));
    return { folder, file: path.join(folder, file ?? '') };
  }
  const templateFiles = (folder: string): string[] =>
    fs.readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  const assetsOf = (folder: string): string =>
    path.join(folder, fs.readdirSync(folder).find((name) => name.endsWith('.assets.json')) ?? '');

  test.each<[string, (folder: string, file: string) => void, RegExp]>([
    [
      'without a nested template',
      (_, file) => {
        fs.rmSync(file);
      },
      /^there is no .*nested.*\.json, which the manifest names$/,
    ],
    [
      'without a manifest of assets',
      (folder) => {
        fs.rmSync(assetsOf(folder));
      },
      /^there is no .*\.assets\.json, which the manifest names$/,
    ],
    [
      'whose manifest of assets lacks a nested template',
      (folder) => {
        fs.writeFileSync(assetsOf(folder), '{"files":{}}');
      },
      /^the cloud assembly has no template of Shop\/\w+, a nested stack$/,
    ],
    [
      'with a truncated nested template',
      (_, file) => {
        fs.truncateSync(file, 100);
      },
      /is damaged: it does not hold a JSON object$/,
    ],
    [
      'with a value that is not a resource',
      (_, file) => {
        fs.writeFileSync(file, '{"Resources":{"A":null}}');
      },
      /is damaged: it is not a CloudFormation template$/,
    ],
    [
      'that names itself',
      (folder) => {
        fs.writeFileSync(
          path.join(folder, 'manifest.json'),
          '{"artifacts":{"A":{"type":"cdk:cloud-assembly","properties":{"directoryName":"."}}}}',
        );
      },
      /is damaged: it names its own folder as a nested assembly$/,
    ],
    [
      'whose nested template names itself',
      (folder, file) => {
        fs.writeFileSync(file, fs.readFileSync(path.join(folder, 'Shop.template.json')));
      },
      /is damaged: it names itself as a nested stack$/,
    ],
  ])('%s is one line with the remedy', async (_what, damage, message) => {
    const { folder, file } = nested();
    damage(folder, file);

    const failure: unknown = await run({ assembly: folder }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject({
      message: expect.stringMatching(message) as string,
      remedy: 'run `npx cdk synth` again',
    });
  });
});
