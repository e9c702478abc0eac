import * as http from 'node:http';
import * as net from 'node:net';

/**
 * A proxy in front of the emulator that claims to terminate TLS, so that requests meet the bucket and queue policies that
 * require TLS. (Real TLS would need a certificate that every function, every client and the CDK trust.)
 */
export class TlsFront {
  static async start(port: number): Promise<TlsFront> {
    const server = http.createServer((incoming, answer) => {
      const { method, url: path, headers } = incoming;
      const outgoing = http.request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          headers: { ...headers, 'x-forwarded-proto': 'https' },
        },
        (result) => {
          answer.writeHead(result.statusCode ?? 502, result.rawHeaders);
          result.pipe(answer);
        },
      );
      outgoing.on('error', () => answer.destroy());
      incoming.pipe(outgoing);
    });
    server.on('upgrade', (incoming, client: net.Socket, head) => {
      passOn(incoming, client, head, port);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return new TlsFront(server);
  }

  private constructor(private readonly server: http.Server) {}

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as net.AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Passes on a WebSocket: its first request, and then all that comes from either side. */
function passOn(
  { method = 'GET', url = '/', rawHeaders }: http.IncomingMessage,
  client: net.Socket,
  head: Buffer,
  port: number,
): void {
  const server = net.connect(port, '127.0.0.1', () => {
    const headers = rawHeaders.flatMap((name, i) =>
      i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1] ?? ''}`] : [],
    );
    server.write([`${method} ${url} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
    server.write(head);
    server.pipe(client).pipe(server);
  });
  server.on('error', () => client.destroy());
  client.on('error', () => server.destroy());
}
