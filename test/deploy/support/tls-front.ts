import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

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
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return new TlsFront(server);
  }

  private constructor(private readonly server: http.Server) {}

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
