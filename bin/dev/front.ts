import * as http from 'node:http';
import * as net from 'node:net';
import type { Duplex } from 'node:stream';

interface Target {
  readonly port: number;
  readonly host: string;
  /** The path of the API's stage. */
  readonly stage: string;
  readonly isSocket: boolean;
}

/**
 * An API or a function URL at a local address. The emulator recognizes it by its host name, which not every client can resolve.
 */
export class Front {
  /** Set once it is deployed. */
  private target?: Target;
  private readonly server: http.Server;
  private readonly sockets = new Set<Duplex>();

  constructor(private readonly port: number) {
    this.server = http
      .createServer((incoming, answer) => {
        this.forward(incoming, answer);
      })
      .on('upgrade', (incoming, socket, head) => {
        this.connect(incoming, socket, head);
      });
  }

  get url(): string {
    const scheme = this.target?.isSocket === true ? 'ws' : 'http';
    return `${scheme}://localhost:${(this.server.address() as net.AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(this.port, '127.0.0.1', resolve);
    });
  }

  /**
   * `url` is the address from the stack: `https://<id>.execute-api.<region>.amazonaws.com/<stage>/`, that of a function URL, or one at
   * the app's own domain.
   */
  point(endpoint: string, url: string): void {
    const { port } = new URL(endpoint);
    const { hostname, pathname, protocol } = new URL(url);
    const [id = '', service = '', region = ''] = hostname.split('.');
    const hosts: Record<string, string> = {
      'lambda-url': `${id}.lambda-url.${region}.localhost:${port}`,
      'execute-api': `${id}.execute-api.localhost:${port}`,
    };
    this.target = {
      port: Number(port),
      host: hosts[service] ?? hostname,
      stage: pathname.replace(/\/$/, ''),
      isSocket: protocol === 'wss:',
    };
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
    this.sockets.forEach((socket) => socket.destroy());
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

  /** Passes on a WebSocket connection as it comes, but with the host name that the emulator recognizes. */
  private connect(incoming: http.IncomingMessage, socket: Duplex, head: Buffer): void {
    const { target } = this;
    if (target === undefined) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
      return;
    }
    const { url = '/', rawHeaders } = incoming;
    const { search } = new URL(url, 'http://localhost');
    const path = target.isSocket ? `${target.stage}${search}` : `${target.stage}${url}`;
    const lines = [`GET ${path} HTTP/1.1`, `host: ${target.host}`];
    for (let i = 0; i < rawHeaders.length; i += 2) {
      if (rawHeaders[i]?.toLowerCase() !== 'host') {
        lines.push(`${rawHeaders[i] ?? ''}: ${rawHeaders[i + 1] ?? ''}`);
      }
    }
    const outgoing = net.connect(target.port, '127.0.0.1', () => {
      outgoing.write(`${lines.join('\r\n')}\r\n\r\n`);
      outgoing.write(head);
      outgoing.pipe(socket);
      socket.pipe(outgoing);
    });
    for (const [one, other] of [
      [socket, outgoing],
      [outgoing, socket],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }
}
