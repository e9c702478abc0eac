import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands before the emulator as a proxy that ends TLS would, and says so: bucket and queue policies that ask for TLS are
 * met then. (TLS itself would take a certificate that every function, client and the CDK trusts.)
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
