import * as fs from 'node:fs';
import { projectInputs } from '../../../bin/dev/project-inputs';
import { path, tempFolder } from '../../support/synth';

const FILES = {
  'app.ts': '',
  'src/handler.ts': '',
  'node_modules/.package-lock.json': '{}',
  'node_modules/some/index.js': '',
  '.serverless-app/dev/deployed.json': '{}',
};

test.each([
  ['app.ts', true],
  ['src/handler.ts', true],
  ['src/new.ts', true],
  ['data.csv', true],
  ['serverless-app-env.d.ts', false],
  ['node_modules/.package-lock.json', true],
  ['node_modules/some/index.js', false],
  ['.serverless-app/dev/deployed.json', false],
])('the inputs change with %s: %s', (file, expected) => {
  const folder = tempFolder(FILES);
  const before = projectInputs(folder, [], {});
  fs.writeFileSync(path.join(folder, file), 'changed');

  expect(before === projectInputs(folder, [], {})).toBe(!expected);
});

test('they change with a variable, but not with one of the terminal', () => {
  const folder = tempFolder(FILES);
  const inputs = projectInputs(folder, [], { STAGE: 'a', SHLVL: '1' });

  expect(projectInputs(folder, [], { SHLVL: '2', STAGE: 'a' })).toBe(inputs);
  expect(projectInputs(folder, [], { SHLVL: '1', STAGE: 'b' })).not.toBe(inputs);
  expect(projectInputs(folder, ['Orders'], { SHLVL: '1', STAGE: 'a' })).not.toBe(inputs);
});
