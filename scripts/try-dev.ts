/** Runs the installed command `serverless-app dev` in a project of `npm run try-projects`. */
import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 180_000;

/** Starts it, asks `GET /hello`, edits the handler, asks again, and ends it. */
export async function tryDev(
  project: string,
  env: NodeJS.ProcessEnv,
  emulator: string,
): Promise<void> {
  const cache = path.join(project, 'cache');
  fs.mkdirSync(cache);
  fs.mkdirSync(emulator, { recursive: true });
  fs.symlinkSync(emulator, path.join(cache, 'emulator')); // what the tests have installed
  const child = spawn('node', ['node_modules/.bin/serverless-app', 'dev'], {
    cwd: project,
    env: { ...env, SERVERLESS_APP_CACHE: cache },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  try {
    const waitFor = (what: string, isIt: () => Promise<boolean>): Promise<void> =>
      until(child, isIt).catch((error: unknown) => {
        throw new Error(`${what}: ${String(error)}\n${said}`.slice(0, 4000), { cause: error });
      });
    await waitFor('dev is ready', () => Promise.resolve(said.includes('ready after')));
    const [, url = ''] = /GET (http:\/\/localhost:\d+\/\S*)/.exec(said) ?? [];
    const answers = async (text: string): Promise<boolean> =>
      (await (await fetch(url)).text()).includes(text);
    await waitFor(`${url} answers`, () => answers('Hello'));
    const file = path.join(project, 'src', 'hello.ts');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('Hello', 'Servus'));
    await waitFor(`${url} answers as edited`, () => answers('Servus'));
  } finally {
    child.kill('SIGINT');
  }
  if ((await ended) !== 0) {
    throw new Error(`dev ended with ${child.exitCode ?? 'a signal'}\n${said}`.slice(0, 4000));
  }
}

async function until(child: ChildProcess, isIt: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await isIt())) {
    if (child.exitCode !== null || Date.now() > end) {
      throw new Error(child.exitCode === null ? 'timed out' : `dev ended with ${child.exitCode}`);
    }
    await sleep(100);
  }
}
