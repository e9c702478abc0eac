import { ChildProcess } from 'node:child_process';
import * as http from 'node:http';
import { AddressInfo } from 'node:net';

/** A request of a process to AWS. */
export interface Asked {
  readonly path: string;
  /** `AmazonSQS.DeleteMessage`, of a service that has it. */
  readonly target?: string;
  readonly body: string;
}

/**
 * A proxy between a process and AWS that kills the process by SIGKILL at a certain request, which AWS does not receive. Returns all
 * requests, including that one.
 */
export async function cutOff(
  endpoint: string,
  start: (endpoint: string) => ChildProcess,
  isMoment: (asked: Asked) => boolean,
): Promise<{ readonly asked: readonly Asked[]; readonly signal: NodeJS.Signals | null }> {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method, url: path = '', headers } = request;
      const target = headers['x-amz-target'];
      asked.push({
        path,
        target: typeof target === 'string' ? target : undefined,
        body: body.toString('utf8'),
      });
      if (isMoment(asked[asked.length - 1] as Asked)) {
        child.kill('SIGKILL');
        return;
      }
      const onward = http.request(`${endpoint}${path}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy()).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const child = start(`http://127.0.0.1:${port}`);
  try {
    const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
      child.once('error', reject).once('exit', (_code, by) => {
        resolve(by);
      });
    });
    return { asked, signal };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
