import * as http from 'node:http';
import { AddressInfo } from 'node:net';

export interface HurriedProxy {
  readonly endpoint: string;
  /** The moment at which a command sends its next request. */
  readonly nextRequest: () => Promise<void>;
  readonly close: () => void;
}

/** Between a command and AWS, so that the messages it receives are hidden for seconds only: time is made to pass after a kill. */
export async function hurriedProxy(endpoint: string, hiddenSeconds: number): Promise<HurriedProxy> {
  const waiting: (() => void)[] = [];
  const server = http.createServer((request, response) => {
    waiting.splice(0).forEach((resolve) => {
      resolve();
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks)
        .toString('utf8')
        .replace(/"VisibilityTimeout":([1-9]\d*)/g, `"VisibilityTimeout":${hiddenSeconds}`);
      const { method, url: path = '', headers } = request;
      const sent = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
      const onward = http.request(`${endpoint}${path}`, { method, headers: sent }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy()).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    nextRequest: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
