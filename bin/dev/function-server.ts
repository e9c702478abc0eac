import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Invocation } from './function-process';
import type { Ran } from './function-pool';

/** The status that tells the emulator to run the function itself. */
const NOT_OURS = 421;

export interface FunctionHost {
  /** Runs an event; undefined for a function that the emulator runs itself. */
  run(invocation: Invocation): Promise<Ran | undefined>;
}

/** The emulator hands the invocations of all functions to this server. */
export class FunctionServer {
  static async start(host: FunctionHost): Promise<FunctionServer> {
    const server = http.createServer((request, response) => {
      void answer(host, request, response);
    });
    server.keepAliveTimeout = 0;
    server.requestTimeout = 0; // A function may run for 15 minutes.
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return new FunctionServer(server);
  }

  private constructor(private readonly server: http.Server) {}

  /** `<host>:<port>`. */
  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

async function answer(
  host: FunctionHost,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const invocation = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Invocation;
  const ran = await host.run(invocation).catch(asFailure);
  if (ran === undefined) {
    response.writeHead(NOT_OURS).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(answerOf(ran));
}

/** The response in the format of the emulator's own executors. */
export function answerOf({ outcome, log }: Ran): string {
  const text = JSON.stringify(log.join('\n'));
  return outcome.error === undefined
    ? `{"body":${outcome.result ?? 'null'},"log":${text}}`
    : JSON.stringify({ body: outcome.error, error: true, log: log.join('\n') });
}

function asFailure(error: unknown): Ran {
  const errorMessage = error instanceof Error ? error.message : String(error);
  return {
    outcome: { error: { errorType: 'Runtime.Unknown', errorMessage } },
    log: [errorMessage],
    durationMs: 0,
  };
}
