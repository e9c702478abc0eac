import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../bin/dev/emulator';
import { run } from '../../bin/dev/supervised';
import { madeOnce, workFolder } from '../../test/deploy/support/folders';
import { benchProjectOf, memoryOf } from './dev-project';
import { median } from './statistics';

/** Exact versions, since the figures are theirs. */
const PACKAGES = {
  osls: '4.3.1',
  'serverless-offline': '14.8.2',
  '@architect/architect': '12.0.1',
  '@aws-sdk/client-dynamodb': '3.1164.0',
};
const PAUSE_MS = 1_500;
const START_LIMIT_MS = 180_000;

const HANDLER = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({ region: 'us-east-1' });

export const handler = async () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ version: 'v-0', client: typeof client.send }),
});
`;

/** A running tool: where its handler is, and how it answers. */
interface Running {
  readonly handler: string;
  readonly pid: number;
  get(): Promise<string>;
  stop(): Promise<void>;
}

interface Tool {
  readonly name: string;
  /** Before each start, which is not measured. */
  prepare?(): Promise<void>;
  /** Returns once the first request was answered. */
  start(): Promise<Running>;
}

interface Figures {
  readonly starts: number[];
  readonly edits: number[];
  readonly memory: number[];
}

/**
 * The same handler, one route, in each tool, in turns: from its start to the first answered request, from saving the handler to the new
 * answer, and the memory of all its processes. The machine may be busy, so the ratios count.
 */
export async function measurePeers(edits: number, rounds: number): Promise<void> {
  const peers = await madeOnce(`peers-${Object.values(PACKAGES).join('-')}`, install);
  const ours = ownProject();
  const tools: Tool[] = [
    await ownTool('serverless-app dev, fresh', ours, ['--fresh']),
    await ownTool('serverless-app dev, kept state', ours, []),
    osls(peers),
    architect(peers),
  ];
  const all = new Map<string, Figures>(
    tools.map(({ name }) => [name, { starts: [], edits: [], memory: [] }]),
  );
  for (let round = 0; round < rounds; round++) {
    for (const tool of tools) {
      const figures = all.get(tool.name) as Figures;
      await tool.prepare?.();
      const began = performance.now();
      const running = await tool.start();
      figures.starts.push(performance.now() - began);
      try {
        figures.edits.push(...(await editTimes(running, Math.ceil(edits / rounds))));
        await sleep(PAUSE_MS);
        figures.memory.push(memoryOf(running.pid));
      } finally {
        await running.stop();
      }
    }
  }
  print(all);
}

async function editTimes(running: Running, count: number): Promise<number[]> {
  const { handler } = running;
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    await sleep(PAUSE_MS);
    const version = `v-${Date.now()}`;
    const text = fs.readFileSync(handler, 'utf8').replace(/v-\d+/, version);
    const began = performance.now();
    fs.writeFileSync(handler, text);
    while (!(await running.get()).includes(version)) {
      // The old version still answers, or nothing does.
    }
    times.push(performance.now() - began);
  }
  return times;
}

async function install(draft: string): Promise<void> {
  const manifest = { private: true, dependencies: PACKAGES };
  fs.writeFileSync(path.join(draft, 'package.json'), JSON.stringify(manifest));
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: draft,
    env: process.env,
  });
}

function ownProject(): string {
  const folder = workFolder('bench-app');
  fs.mkdirSync(path.join(folder, 'src'));
  fs.writeFileSync(path.join(folder, 'src', 'hello.mjs'), HANDLER);
  fs.writeFileSync(path.join(folder, 'cdk.json'), '{ "app": "npx tsx app.ts" }');
  fs.writeFileSync(
    path.join(folder, 'app.ts'),
    `import { App, Stack } from 'aws-cdk-lib';
import { ServerlessApp } from 'cdk-serverless-app';

const app = new ServerlessApp(new Stack(new App(), 'Bench'), 'App', { root: __dirname });
app.onRequest('GET /hello', 'src/hello.mjs');
`,
  );
  return folder;
}

async function ownTool(name: string, folder: string, args: readonly string[]): Promise<Tool> {
  const dev = await benchProjectOf(folder);
  return {
    name,
    // Then there is state, and nothing has changed since.
    prepare: async () => {
      if (args.length === 0) {
        await dev.start();
        await dev.stop();
      }
    },
    start: async () => {
      await dev.start(...args);
      const get = async (): Promise<string> => (await dev.get('/hello')).body;
      await get();
      return {
        handler: path.join(dev.folder, 'src', 'hello.mjs'),
        pid: dev.pid,
        get,
        stop: () => dev.stop(),
      };
    },
  };
}

function osls(peers: string): Tool {
  const folder = projectIn(peers, 'osls', {
    'src/hello.mjs': HANDLER,
    'serverless.yml': `service: bench
provider: { name: aws, runtime: nodejs22.x, region: us-east-1 }
plugins: [serverless-offline]
functions:
  hello:
    handler: src/hello.handler
    events: [{ httpApi: 'GET /hello' }]
`,
  });
  return {
    name: `osls ${PACKAGES.osls}, serverless-offline ${PACKAGES['serverless-offline']}`,
    start: async () => {
      const port = String(await freePort());
      const lambdaPort = String(await freePort());
      const file = path.join(peers, 'node_modules', 'osls', 'bin', 'serverless.js');
      const args = ['offline', '--reloadHandler', '--httpPort', port, '--lambdaPort', lambdaPort];
      return started([file, ...args], folder, port, path.join(folder, 'src', 'hello.mjs'));
    },
  };
}

function architect(peers: string): Tool {
  const folder = projectIn(peers, 'architect', {
    'src/http/get-hello/index.mjs': HANDLER,
    'app.arc': '@app\nbench\n\n@http\nget /hello\n',
  });
  return {
    name: `Architect ${PACKAGES['@architect/architect']} sandbox`,
    start: async () => {
      const port = String(await freePort());
      const file = path.join(peers, 'node_modules', '@architect', 'architect', 'src', 'index.js');
      const handler = path.join(folder, 'src', 'http', 'get-hello', 'index.mjs');
      return started([file, 'sandbox', '--port', port, '--quiet'], folder, port, handler);
    },
  };
}

/** A project inside the folder of the peers, so that it finds their packages. */
function projectIn(peers: string, name: string, files: Readonly<Record<string, string>>): string {
  const folder = fs.mkdtempSync(path.join(peers, `${name}-`));
  process.once('exit', () => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

async function started(
  args: readonly string[],
  cwd: string,
  port: string,
  handler: string,
): Promise<Running> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      SLS_TELEMETRY_DISABLED: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const get = async (): Promise<string> =>
    fetch(`http://localhost:${port}/hello`).then(
      (answer) => answer.text(),
      () => sleep(10).then(() => ''),
    );
  const end = Date.now() + START_LIMIT_MS;
  while (!(await get()).includes('v-')) {
    if (child.exitCode !== null || Date.now() > end) {
      child.kill('SIGKILL');
      throw new Error(`${args.join(' ')} does not answer:\n${output}`);
    }
  }
  return { handler, pid: child.pid ?? 0, get, stop: () => ended(child) };
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(timer);
}

function print(all: ReadonlyMap<string, Figures>): void {
  const [first] = all.values();
  const at = (values: readonly number[], share: number): number =>
    [...values].sort((a, b) => a - b)[
      Math.min(values.length - 1, Math.floor(values.length * share))
    ] ?? 0;
  const rows = [...all].map(([name, { starts, edits, memory }]) => {
    const ratio = median(edits) / median(first?.edits ?? []);
    const cells = [
      `${(median(starts) / 1000).toFixed(1)} s`,
      `${Math.round(median(edits))} ms`,
      `${Math.round(at(edits, 0.95))} ms`,
      `${ratio.toFixed(1)} ×`,
      `${Math.round(median(memory))} MB`,
    ];
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  const titles =
    'start to first response | save to new response: median | 95th percentile | ratio | memory';
  process.stdout.write(`| | ${titles} |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`);
}
