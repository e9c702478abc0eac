import * as esbuild from 'esbuild';
import { AppSources } from '../../../bin/dev/app-sources';
import { path, tempFolder } from '../../support/synth';

async function sourcesOf(folder: string): Promise<AppSources> {
  const sources = new AppSources(esbuild, folder);
  await sources.read();
  return sources;
}

test.each([
  ['app.ts', true],
  ['stack.ts', true],
  ['other.ts', false],
  ['cdk.json', true],
  ['notes.txt', false],
  ['src/worker.py', true],
  ['src/requirements.txt', true],
  ['src/requirements-base.txt', true],
  ['src/uv.lock', true],
  ['src/worker/main.go', true],
  ['src/worker/go.mod', true],
  ['src/worker/go.md', false],
])('a change of %s makes a new deployment: %s', async (file, expected) => {
  const folder = tempFolder({
    'cdk.json': '{ "app": "tsx app.ts" }',
    'app.ts': "import './stack';",
    'stack.ts': '',
  });

  expect((await sourcesOf(folder)).concerns(path.join(folder, file), false)).toBe(expected);
});
