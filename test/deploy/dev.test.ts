import * as fs from 'node:fs';
import * as path from 'node:path';
import { WebSocket } from 'ws';
import { eventually } from './support/eventually';
import { REPOSITORY } from './support/folders';
import { npmProject, packPackage } from './support/packed';
import { DevProject } from './support/running-dev';
import { obstacle, ownsEmulator } from './support/target';

const FIXTURE = path.join(__dirname, 'fixtures', 'dev');
const TIMEOUT_MS = 240_000;
const isBuilt = fs.existsSync(path.join(REPOSITORY, 'dist', 'index.js'));
const canRun =
  ownsEmulator() && ((isBuilt && obstacle() === undefined) || process.env.CI !== undefined);

interface Hello {
  readonly version: string;
  readonly greeting: string;
  readonly Count: number;
  readonly count: number;
}

(canRun ? describe : describe.skip)('serverless-app dev of the packed package', () => {
  jest.setTimeout(TIMEOUT_MS);
  let dev: DevProject;
  let started: number;
  beforeAll(async () => {
    dev = DevProject.installedIn(npmProject(FIXTURE, await packPackage()));
    started = Date.now();
    await dev.start();
  });
  afterAll(async () => {
    await dev.close();
  });

  const hello = async (): Promise<Hello> => JSON.parse((await dev.get('/hello')).body) as Hello;

  test('the app answers at the address that it prints, from its sources, with its environment and its table', async () => {
    expect(dev.output).toContain(`GET ${dev.running.url}/hello`);
    expect(await hello()).toMatchObject({ version: 'hello-1', greeting: 'hello', Count: 0 });
    await dev.says(/❄ GET \/hello → 200, .* cold start/);
  });

  test('a second request meets the same process', async () => {
    const first = await hello();

    expect((await hello()).count).toBe(first.count + 1);
  });

  test('a second `dev` in the folder says so', async () => {
    const { code, stderr } = await dev.run('dev');

    expect(stderr).toContain(`already runs in this folder (process ${dev.pid})`);
    expect(code).toBe(1);
  });

  test('a changed handler answers, in a new process', async () => {
    dev.edit('src/hello.ts', (text) => text.replace('hello-1', 'hello-2'));
    await dev.answers('/hello', 'hello-2');

    await dev.says(/GetHello rebuilt in \d+ ms|Hello rebuilt in \d+ ms/);
  });

  test('a changed file that two functions share answers in both', async () => {
    await dev.get('/other');
    dev.edit('src/shared.ts', (text) => text.replace('shared-1', 'shared-2'));

    await Promise.all([dev.answers('/hello', 'shared-2'), dev.answers('/other', 'shared-2')]);
  });

  test('a durable function answers after its wait, without running the step before it again', async () => {
    const from = dev.output.length;
    const { body } = await dev.get('/sum');

    expect(JSON.parse(body)).toEqual({ version: 'sum-1', sum: 5 });
    expect(dev.output.slice(from).match(/the first step runs/g)).toHaveLength(1);
  });

  test('a changed durable function answers', async () => {
    dev.edit('src/sum.ts', (text) => text.replace('sum-1', 'sum-2'));

    await dev.answers('/sum', 'sum-2');
  });

  test('`dev invoke` waits for the whole execution of a durable function', async () => {
    const { stdout, stderr, code } = await dev.run('dev', 'invoke', 'Sum');

    expect([code, stderr]).toEqual([0, expect.anything()]);
    expect(JSON.parse(stdout)).toMatchObject({ statusCode: 200 });
    expect(stdout).toContain('\\"sum\\":5');
  });

  test('an execution that waits at the change goes on with the new code, and keeps its steps', async () => {
    const from = dev.output.length;
    const answer = dev.get('/sum');
    await dev.says(/the first step runs/, from);
    dev.edit('src/sum.ts', (text) => text.replace('sum-2', 'sum-3'));

    expect(JSON.parse((await answer).body)).toEqual({
      version: expect.stringMatching(/^sum-[23]$/) as string,
      sum: 5,
    });
    expect(dev.output.slice(from).match(/the first step runs/g)).toHaveLength(1);
  });

  test('a request that is under way at the change is answered by the version that it began with', async () => {
    await dev.get('/slow?now'); // so that it runs at once
    const asked = dev.get('/slow');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    dev.edit('src/slow.ts', (text) => text.replace('slow-1', 'slow-2'));

    expect(await asked).toMatchObject({ status: 200, body: expect.stringContaining('slow-1') });
    await dev.answers('/slow', 'slow-2');
  });

  test('a syntax error is shown with its place while the last version runs, and goes with the correction', async () => {
    const from = dev.output.length;
    const good = fs.readFileSync(path.join(dev.folder, 'src', 'hello.ts'), 'utf8');
    dev.edit('src/hello.ts', (text) => `${text}\nconst broken = ;\n`);
    const place = `src/hello\\.ts:${good.split('\n').length + 1}:16: Unexpected ";"`;
    await dev.says(new RegExp(place), from);

    expect((await hello()).version).toBe('hello-2');
    dev.edit('src/hello.ts', () => good.replace('hello-2', 'hello-3'));
    await dev.answers('/hello', 'hello-3');
  });

  test('a folder that is removed and made again, as by a checkout, is followed', async () => {
    const source = path.join(dev.folder, 'src');
    const files = fs.mkdtempSync(path.join(dev.folder, '.kept-'));
    fs.cpSync(source, files, { recursive: true });
    fs.rmSync(source, { recursive: true });
    await dev.says(/the last version that compiled keeps running/);
    fs.cpSync(files, source, { recursive: true });
    dev.edit('src/hello.ts', (text) => text.replace(/hello-\d/, 'hello-4'));
    await dev.answers('/hello', 'hello-4');
    dev.edit('src/hello.ts', (text) => text.replace(/hello-\d/, 'hello-5'));

    await dev.answers('/hello', 'hello-5');
  });

  test('a function that takes longer than its timeout is ended, and says so', async () => {
    expect((await dev.get('/late')).status).toBeGreaterThanOrEqual(500);
    await dev.says(/✗ GET \/late.*Task timed out after 1\.00 seconds/);
  });

  test('a changed infrastructure is deployed', async () => {
    dev.edit('greeting.ts', (text) => text.replace("'hello'", "'good morning'"));

    await dev.answers('/hello', 'good morning');
  });

  test('an error of the infrastructure is shown with its place while the last version runs', async () => {
    const from = dev.output.length;
    const good = fs.readFileSync(path.join(dev.folder, 'app.ts'), 'utf8');
    const line = good.split('\n').length + 1;
    dev.edit(
      'app.ts',
      (text) =>
        `${text}\napp.onRequest('GET /bad', 'src/hello.ts', { id: 'Bad' }).writes(topic);\n`,
    );
    await dev.says(new RegExp(`app\\.ts:${line}:\\d+: .*use \`publishes\\(topic\\)\``), from);

    expect((await hello()).greeting).toBe('good morning');
    dev.edit('app.ts', () => good);
    const [, seconds] = await dev.says(/ready after ([\d.]+) s/, from);
    expect(Number(seconds) * 1000).toBeLessThan(Date.now() - started - 5000); // counted from the change, not from the start
  });

  test('each command beside it makes an event of its kind', async () => {
    const from = dev.output.length;
    fs.writeFileSync(path.join(dev.folder, 'note.txt'), 'a note');
    const outcomes = [
      await dev.run('dev', 'put', 'Notes', '{"id": "n-1"}'),
      await dev.run('dev', 'upload', 'Files', 'note.txt', '--key', 'in/note.txt'),
      await dev.run('dev', 'send', 'Jobs', '{"job": 1}'),
      await dev.run('dev', 'fire', 'Nightly'),
    ];

    expect(outcomes.map(({ code, stderr }) => `${code} ${stderr}`)).toEqual([
      expect.stringMatching(/^0 put an item into Notes/),
      expect.stringMatching(/^0 uploaded note.txt to Files as in\/note.txt/),
      expect.stringMatching(/^0 sent a message to Jobs/),
      expect.stringMatching(/^0 Nightly succeeded/),
    ]);
    await dev.says(/changed n-1/, from);
    await dev.says(/uploaded in\/note\.txt/, from);
    await dev.says(/received \{"job": 1\}/, from);
    await dev.says(/good night/, from);
  });

  test('`dev open` prints the address of the report, which counts what has run', async () => {
    const { stdout, code } = await dev.run('dev', 'open', '--print');
    const page = await fetch(stdout.trim());
    const counts = await fetch(`${stdout.trim()}counts`);
    const first = await counts.body?.getReader().read();
    const said = Buffer.from((first?.value as Uint8Array | undefined) ?? []).toString('utf8');

    expect(code).toBe(0);
    expect(await page.text()).toContain('<section id="live"');
    expect(said).toMatch(/^data: .*"Local\/App\/GetHello|^data: .*Hello/);
    expect(said).toMatch(/"invocations":\d+/);
  });

  test('`dev invoke` prints the result of a function, and its log with --tail', async () => {
    const event = path.join(dev.folder, 'event.json');
    fs.writeFileSync(event, '{"Records": [{"body": "by hand"}]}');
    const { stdout, stderr, code } = await dev.run(
      'dev',
      'invoke',
      'OnMessage',
      '--event',
      event,
      '--tail',
    );

    expect([code, stdout]).toEqual([0, 'null\n']);
    expect(stderr).toContain('received by hand');
  });

  test('a topic, a bus, a stream, a user pool and a workflow run their functions', async () => {
    const from = dev.output.length;
    const answered = await fetch(`${dev.running.url}/tell`, { method: 'POST' });

    expect(await answered.json()).toMatchObject({
      echo: { path: '/a', query: 'b=c' },
      other: { shared: 'shared-2' },
    });
    await dev.says(/seen .*"Message":"by topic"/, from);
    await dev.says(/seen .*"text":"by bus"/, from);
    await dev.says(
      new RegExp(`seen .*"data":"${Buffer.from('by stream').toString('base64')}"`),
      from,
    );
    await dev.says(/seen .*"triggerSource":"PreSignUp_SignUp"/, from);
    await dev.says(/Step .*seen .*"detail-type":"Told"/, from);
    await dev.says(/OnSignUp .*(✓|❄)/, from);
  });

  test('a function URL and a WebSocket API have local addresses', async () => {
    const [, url = ''] = await dev.says(/(http:\/\/localhost:\d+)\/ {2}Echo/);
    const posted = await fetch(`${url}/a/b?c=d`, { method: 'POST', body: 'hello' });
    expect(await posted.json()).toEqual({ path: '/a/b', query: 'c=d', body: 'hello' });

    const [, address = ''] = await dev.says(/WebSocket +(ws:\/\/localhost:\d+)/);
    const socket = new WebSocket(`${address}?name=ada`);
    const message = new Promise<string>((resolve, reject) => {
      socket.once('error', reject).once('message', (data: Buffer) => {
        resolve(data.toString('utf8'));
      });
    });
    socket.once('open', () => {
      socket.send('{"action":"say"}');
    });
    expect(JSON.parse(await message)).toEqual({ body: '{"action":"say"}' });
    socket.close();
    await dev.says(/socket \$disconnect/);
  });

  test('an event has its cookies in `cookies`, and `pathParameters` only if there are some', async () => {
    const headers = { cookie: 'a=1; b=2' };
    const [long, short] = await Promise.all(
      ['/any/x/y', '/any'].map((it) => fetch(`${dev.running.url}${it}`, { headers })),
    );
    const cookies = ['a=1', 'b=2'];

    expect(await long?.json()).toEqual({
      method: 'GET',
      cookies,
      pathParameters: { rest: 'x/y' },
    });
    expect(await short?.json()).toEqual({ method: 'GET', cookies });
  });

  test('without a CORS configuration, OPTIONS requests meet the routes', async () => {
    const ask = (route: string): Promise<Response> =>
      fetch(`${dev.running.url}${route}`, { method: 'OPTIONS' });

    expect(await (await ask('/any')).json()).toEqual({ method: 'OPTIONS' });
    expect((await ask('/hello')).status).toBe(404);
  });

  test('a request whose function fails gets 500, as on AWS', async () => {
    const answer = await fetch(`${dev.running.url}/any?fails`);

    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('it fails');
  });

  test('a function URL that streams answers with status, headers and cookies', async () => {
    const [, url = ''] = await dev.says(/(http:\/\/localhost:\d+)\/ {2}Flow/);
    const answer = await fetch(url, { headers: { cookie: 'c=3' } });

    expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'text/plain']);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await answer.text()).toBe('c=3 flows');
  });

  test('Ctrl-C ends every process', async () => {
    expect(dev.processes().length).toBeGreaterThan(3);
    dev.kill('SIGINT');

    expect(await dev.end()).toBe(0);
    await eventually('nothing is left', () => Promise.resolve(dev.processes().length === 0));
    expect(fs.existsSync(path.join(dev.folder, '.serverless-app', 'dev.json'))).toBe(false);
  });

  test('a second start with no change deploys nothing, and has the data of the first', async () => {
    await dev.start();

    expect(dev.output).not.toContain('deploying');
    expect(await hello()).toMatchObject({ version: 'hello-5', greeting: 'good morning', Count: 1 });
  });

  test('an emulator that dies starts again, with the app', async () => {
    const from = dev.output.length;
    const emulator = dev
      .processes()
      .find((line) => /\S*python\S* \S*start-emulator/.test(line) && !line.includes('supervise'));
    process.kill(Number(emulator?.trim().split(' ')[0]), 'SIGKILL');
    await dev.says(/the emulator ended unexpectedly[\s\S]*ready after/, from);

    expect(await hello()).toMatchObject({ greeting: 'good morning', Count: 1 });
  });

  test('a crash ends every process too', async () => {
    expect(dev.processes().length).toBeGreaterThan(3);
    dev.kill('SIGKILL');
    await dev.end();

    await eventually('nothing is left', () => Promise.resolve(dev.processes().length === 0));
  });
});
