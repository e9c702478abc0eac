import * as esbuild from 'esbuild';
import { LocalFunctions } from '../../../bin/dev/local-functions';
import { Reaper } from '../../../bin/dev/reaper';
import { functionModel } from '../support/models';
import { fs, path, tempFolder } from '../../support/synth';

type Hooks = Partial<ConstructorParameters<typeof LocalFunctions>[0]>;

function functionsIn(
  project: string,
  hooks: Hooks,
): { functions: LocalFunctions; stop: () => Promise<void> } {
  const reaper = new Reaper();
  const functions = new LocalFunctions({
    project,
    folder: path.join(project, 'out'),
    builder: esbuild,
    reaper,
    onRan: () => undefined,
    onLost: () => undefined,
    onProblems: () => undefined,
    onRebuilt: () => undefined,
    ...hooks,
  });
  const stop = async (): Promise<void> => {
    await functions.stop();
    reaper.stop();
  };
  return { functions, stop };
}

test('an entry that does not compile is reported once, whatever else changes in the project', async () => {
  const project = fs.realpathSync(tempFolder({ 'a.ts': 'export const handler = ;' }));
  const reported: string[] = [];
  const { functions, stop } = functionsIn(project, {
    onProblems: (ids, problems) => reported.push(`${ids.join()}: ${problems.join()}`),
  });

  await functions.use([{ ...functionModel('A'), entry: 'a.ts' }]);
  await functions.changed([path.join(project, 'dev.log')]);
  await functions.changed([path.join(project, 'dev.log')]);
  expect(reported).toEqual([expect.stringMatching(/^A: a\.ts:1:24: Unexpected ";"/)]);

  fs.writeFileSync(path.join(project, 'a.ts'), 'export const handler = ,');
  await functions.changed([path.join(project, 'a.ts')]);
  expect(reported).toHaveLength(2);
  await stop();
});

test.each(['package.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'])(
  'functions have the packages that were installed when %s changes',
  async (list) => {
    const project = fs.realpathSync(
      tempFolder({
        'a.ts': "import { version } from 'tiny';\nexport const handler = async () => version;",
        'node_modules/tiny/package.json': '{ "main": "index.js" }',
        'node_modules/tiny/index.js': 'exports.version = 1;',
      }),
    );
    const rebuilt: string[] = [];
    const { functions, stop } = functionsIn(project, {
      onRebuilt: (ids) => rebuilt.push(...ids),
    });
    await functions.use([{ ...functionModel('A'), entry: 'a.ts' }]);
    await functions.changed([path.join(project, list)]);
    expect(rebuilt).toEqual([]);

    fs.writeFileSync(path.join(project, 'node_modules/tiny/index.js'), 'exports.version = 2;');
    await functions.changed([path.join(project, list)]);
    await stop();
    expect(rebuilt).toEqual(['A']);
  },
);
