import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The app's API at a local address. The emulator recognizes an API by its host name, which not every client can resolve.
 */
export class ApiFront {
  /** The host name of the API and the path of its stage, once it is deployed. */
  private target?: { readonly port: string; readonly host: string; readonly stage: string };
  private readonly server: http.Server;

  constructor(private readonly port: number) {
    this.server = http.createServer((incoming, answer) => {
      this.forward(incoming, answer);
    });
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(this.port, '127.0.0.1', resolve);
    });
  }

  /** `url` is the address from the stack: `https://<id>.execute-api.<region>.amazonaws.com/<stage>/`. */
  point(endpoint: string, url: string): void {
    const { port } = new URL(endpoint);
    const { hostname, pathname } = new URL(url);
    const [id = ''] = hostname.split('.');
    this.target = {
      port,
      host: `${id}.execute-api.localhost:${port}`,
      stage: pathname.replace(/\/$/, ''),
    };
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private forward(incoming: http.IncomingMessage, answer: http.ServerResponse): void {
    const unavailable = (text: string): void => {
      answer.writeHead(503, { 'content-type': 'text/plain' }).end(`${text}\n`);
    };
    if (this.target === undefined) {
      unavailable('serverless-app dev: the app is not deployed yet');
      return;
    }
    const { port, host, stage } = this.target;
    const { method, url = '/', headers } = incoming;
    const outgoing = http.request(
      { host: '127.0.0.1', port, method, path: `${stage}${url}`, headers: { ...headers, host } },
      (result) => {
        answer.writeHead(result.statusCode ?? 502, result.rawHeaders);
        result.pipe(answer);
      },
    );
    outgoing.on('error', () => {
      unavailable('serverless-app dev: the emulator does not answer');
    });
    answer.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  }
}
