import { ChildProcess, spawn } from 'node:child_process';

// In a process of its own, since the builds are synchronous. In the project, which has PGlite.
const SERVER = `
  import { createServer } from 'node:net';
  import { createServer as createHttpServer } from 'node:http';
  import { PGlite } from '@electric-sql/pglite';
  import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

  const listening = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
  const freePort = async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((done) => server.close(done));
    return port;
  };

  const port = await freePort();
  const db = await PGlite.create();
  await new PGLiteSocketServer({ db, port, host: '127.0.0.1' }).start();

  const values = new Map();
  const bulk = (text) => (text === undefined ? '$-1\\r\\n' : '$' + Buffer.byteLength(text) + '\\r\\n' + text + '\\r\\n');
  const answer = ([command, key, value]) => {
    switch (command.toLowerCase()) {
      case 'set': values.set(key, value); return '+OK\\r\\n';
      case 'get': return bulk(values.get(key));
      case 'info': return bulk('redis_version:7.0.0\\r\\nloading:0\\r\\n');
      default: return '+OK\\r\\n';
    }
  };
  const redis = await listening(createServer((socket) => {
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (data) => {
      text += data;
      for (let lines = text.split('\\r\\n'); lines.length > 1; lines = text.split('\\r\\n')) {
        const count = Number(lines[0].slice(1));
        if (lines.length <= 2 * count + 1) return;
        const words = Array.from({ length: count }, (_, i) => lines[2 * i + 2]);
        text = lines.slice(2 * count + 1).join('\\r\\n');
        socket.write(answer(words));
      }
    });
  }));

  const ANSWERS = {
    '/hello': { hello: 'Ada' },
    '/v1/customers': { id: 'cus_1', object: 'customer' },
    '/v1/chat/completions': { id: 'c', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'hello' } }] },
    '/api/chat.postMessage': { ok: true, ts: '1' },
    '/storage/v1/b/files': { kind: 'storage#bucket', name: 'files' },
  };
  const BUCKETS = '<?xml version="1.0"?><ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>1</ID></Owner><Buckets><Bucket><Name>files</Name></Bucket></Buckets></ListAllMyBucketsResult>';
  const endpoint = await listening(createHttpServer((request, response) => {
    const known = ANSWERS[new URL(request.url, 'http://a').pathname.replace(/^\\/\\//, '/')];
    request.resume().on('end', () => {
      response.setHeader('content-type', known ? 'application/json' : 'application/xml');
      response.end(known ? JSON.stringify(known) : BUCKETS);
    });
  }));

  console.log(JSON.stringify({
    POSTGRES_URL: 'postgres://postgres:postgres@127.0.0.1:' + port + '/postgres',
    REDIS_URL: 'redis://127.0.0.1:' + redis,
    ENDPOINT: 'http://127.0.0.1:' + endpoint,
  }));
`;

/** What the handlers talk to: Postgres, a part of Redis, and an HTTP server that answers as the services would. */
export class Services {
  static async start(project: string, node: string): Promise<Services> {
    const server = spawn(node, ['--input-type=module', '--eval', SERVER], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const text = await new Promise<string>((resolve, reject) => {
      server.on('error', reject);
      server.on('exit', (code) => {
        reject(new Error(`the services ended with ${code ?? 'a signal'}`));
      });
      server.stdout.once('data', (data: Buffer) => {
        resolve(data.toString());
      });
    });
    return new Services(server, JSON.parse(text) as Record<string, string>);
  }

  private constructor(
    private readonly server: ChildProcess,
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  stop(): void {
    this.server.kill();
  }
}
