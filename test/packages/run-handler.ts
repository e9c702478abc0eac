import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Loads the handler as Lambda’s client for Node.js does, and calls it once. */
const CLIENT = `
  import * as fs from 'node:fs';
  import { createRequire } from 'node:module';
  import { pathToFileURL } from 'node:url';
  const task = process.env.LAMBDA_TASK_ROOT;
  const main = ['index.mjs', 'index.js'].map((name) => task + '/' + name).find((file) => fs.existsSync(file));
  const fail = (error) => {
    const text = String(error?.message ?? error).split('\\n')[0];
    process.stdout.write('\\nERROR ' + (error?.name ?? '') + ': ' + text + '\\n', () => process.exit(1));
  };
  process.on('uncaughtException', fail);
  const load = main.endsWith('.mjs') ? import(pathToFileURL(main).href) : createRequire(main)(main);
  try {
  const { handler } = await load;
  const late = new Promise((_, fail) => setTimeout(fail, 20000, new Error('timeout')));
  const result = await Promise.race([handler({}, { awsRequestId: '1', functionName: 'f' }), late]);
  process.stdout.write('\\nRESULT ' + JSON.stringify(result) + '\\n', () => process.exit(0));
  } catch (error) {
    fail(error);
  }
`;

/** The result of a handler, or the error’s first line. */
export type Run = { readonly result: unknown } | { readonly error: string };

/** Runs an asset in a folder with nothing else beside or above it. */
export function runHandler(
  asset: string,
  node: string,
  environment: Readonly<Record<string, string>>,
): Run {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'lambda-'));
  const task = path.join(folder, 'var', 'task');
  const temporary = path.join(folder, 'tmp');
  try {
    fs.cpSync(asset, task, { recursive: true });
    fs.mkdirSync(temporary);
    const { stdout, stderr } = spawnSync(node, ['--input-type=module', '--eval', CLIENT], {
      cwd: task,
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        PATH: '/usr/bin:/bin',
        HOME: '/tmp',
        TMPDIR: temporary,
        TZ: ':UTC',
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'y',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: 'f',
        LAMBDA_TASK_ROOT: task,
        ...environment,
      },
    });
    const [, text] = /^RESULT (.*)$/m.exec(stdout) ?? [];
    return text === undefined
      ? { error: errorIn(stdout, stderr).replaceAll(folder, '').slice(0, 200) }
      : { result: text === 'undefined' ? undefined : (JSON.parse(text) as unknown) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function errorIn(stdout: string, stderr: string): string {
  return /^ERROR (.*)$/m.exec(stdout)?.[1] ?? stderr.trim().split('\n').at(-1) ?? '';
}
