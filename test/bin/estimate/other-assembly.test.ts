import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { withOther } from '../../../bin/estimate/other-assembly';
import { tempFolder } from '../../support/synth';
import { restoreVariables } from '../../support/variables';

jest.setTimeout(60_000); // Each test starts git and Node.js.

const cwd = process.cwd();
const env = { ...process.env };
afterEach(() => {
  process.chdir(cwd);
  restoreVariables(env);
});

/** Enters a git repository with one commit, whose CDK CLI is a script; returns the folder for temporary files. */
function enterProject(cdk: string): string {
  const folder = tempFolder();
  const bin = path.join(folder, 'node_modules', '.bin');
  fs.mkdirSync(bin, { recursive: true });
  fs.writeFileSync(path.join(bin, 'cdk'), `#!/usr/bin/env node\n${cdk}`, { mode: 0o755 });
  fs.writeFileSync(path.join(folder, '.gitignore'), 'node_modules\n');
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder });
  };
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
  process.chdir(folder);
  process.env.TMPDIR = tempFolder();
  return process.env.TMPDIR;
}

const OUTPUT = "process.argv[process.argv.indexOf('--output') + 1]";
const io = (signal = new AbortController().signal): Parameters<typeof withOther>[1] => ({
  say: () => undefined,
  interruptible: (work) => work(signal),
});

test('a git ref is synthesized in a folder that is removed afterwards', async () => {
  const temporary = enterProject(
    `const fs = require('fs'); fs.mkdirSync(${OUTPUT}); fs.writeFileSync(${OUTPUT} + '/manifest.json', '{}');`,
  );

  const files = await withOther('main', io(), (assembly) => fs.readdirSync(assembly));

  expect(files).toEqual(['manifest.json']);
  expect(fs.readdirSync(temporary)).toEqual([]);
});

test('fails with the last lines of a synthesis that fails', async () => {
  const temporary = enterProject("console.error('no such prop'); process.exit(1);");

  await expect(withOther('main', io(), () => undefined)).rejects.toMatchObject({
    message: 'the app at main cannot be synthesized with the packages that are installed now',
    remedy: expect.stringContaining('no such prop') as string,
  });
  expect(fs.readdirSync(temporary)).toEqual([]);
});

test('an interruption ends the synthesis and removes its folder', async () => {
  const temporary = enterProject('setInterval(() => undefined, 1000);');
  const controller = new AbortController();
  const work = withOther('main', io(controller.signal), () => undefined);

  setTimeout(() => {
    controller.abort(new Error('stop'));
  }, 300);

  await expect(work).rejects.toThrow('stop');
  expect(fs.readdirSync(temporary)).toEqual([]);
});
