import * as fs from 'node:fs';
import * as path from 'node:path';
import { PROGRAM } from '../../bin/commands';
import { defaultApp, withDefaultApp } from '../../bin/default-app';
import { parseCommandLine } from '../../bin/program';
import { tempFolder } from '../support/synth';

function project(cdkJson?: string): string {
  const folder = tempFolder();
  if (cdkJson !== undefined) {
    fs.writeFileSync(path.join(folder, 'cdk.json'), cdkJson);
  }
  return folder;
}

const CONTEXT = '{"context":{"cdk-serverless-app:app":"FromFile"}}';

test.each<[string, NodeJS.ProcessEnv, string | undefined, string | undefined]>([
  ['nothing', {}, undefined, undefined],
  ['the environment', { SERVERLESS_APP: 'FromEnv' }, CONTEXT, 'FromEnv'],
  ['an empty variable and cdk.json', { SERVERLESS_APP: '' }, CONTEXT, 'FromFile'],
  ['a damaged cdk.json', {}, '{', undefined],
  ['an odd cdk.json', {}, '{"context":[{"cdk-serverless-app:app":7}]}', undefined],
])('the default app by %s', (_what, env, file, app) => {
  expect(defaultApp(env, project(file))).toBe(app);
});

test.each([
  [['failures', 'list'], { app: 'Default' }],
  [['failures', 'list', '--app', 'Given'], { app: 'Given' }],
  [['logs', 'CreateOrder'], { app: 'Default', args: ['CreateOrder'] }],
  [['describe'], { args: ['Default'] }],
  [['describe', 'Given'], { args: ['Given'] }],
  [['doctor'], { args: [] }],
])('with a default app, %j is about %j', (argv, expected) => {
  const { spec, args, options } = parseCommandLine({ ...PROGRAM, version: '1' }, argv);
  const found = withDefaultApp(
    { args, options },
    spec ?? { name: '', summary: '', description: '', examples: [] },
    'Default',
  );

  expect({ args: found.args, app: found.options.app }).toMatchObject(expected);
});
