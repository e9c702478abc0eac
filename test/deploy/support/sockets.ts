import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { WebSocket } from 'ws';
import { DeployedStack } from './deployed-stack';
import { eventually, Patience } from './eventually';
import { Target } from './target';

/** The variable that `Access.manageConnections` sets. */
const ENDPOINT = 'WEB_SOCKET_ENDPOINT';

/** A client of a deployed WebSocket API. */
export class Socket {
  /** Rejects with the status if API Gateway refuses the connection. */
  static async open(
    target: Target,
    url: string,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Socket> {
    const address = `${addressOf(target, url)}?${new URLSearchParams(query).toString()}`;
    const socket = new Socket(new WebSocket(address));
    await socket.opened();
    return socket;
  }

  /** What it received so far. */
  readonly received: unknown[] = [];

  private isClosed = false;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(data.toString('utf8')));
    });
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  get closed(): boolean {
    return this.isClosed;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Waits for a message. */
  async message<T>(what: string, isIt: (message: T) => boolean, wait?: Patience): Promise<T> {
    return eventually(
      `${what} is received`,
      () => Promise.resolve((this.received as T[]).find(isIt) ?? false),
      wait,
    );
  }

  async close(): Promise<void> {
    this.socket.close();
    await eventually('the socket is closed', () => Promise.resolve(this.isClosed));
  }

  private opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.once('open', resolve);
      this.socket.once('error', reject);
      this.socket.once('unexpected-response', (_request, { statusCode = 0 }) => {
        reject(new Error(`refused with ${statusCode}`));
      });
    });
  }
}

/** The address of a WebSocket API, `wss://…` or `https://…`. An emulator recognizes the API by the path. */
export function addressOf({ endpoint }: Target, url: string): string {
  if (endpoint === undefined) {
    return url;
  }
  const { hostname, pathname, protocol } = new URL(url);
  const own = new URL(endpoint);
  const scheme = protocol === 'wss:' ? own.protocol.replace('http', 'ws') : own.protocol;
  return `${scheme}//${own.host}/_aws/execute-api/${hostname.split('.')[0] ?? ''}${pathname}`;
}

/** Tells the functions that send to clients the address of the API in the emulator, since its own name leads to AWS. */
export async function leadToEmulator(target: Target, stack: DeployedStack): Promise<void> {
  if (target.endpoint === undefined) {
    return;
  }
  const client = new LambdaClient(target.clientOptions);
  const functions = stack.resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  for (const { physicalId: FunctionName } of functions) {
    const { Environment: { Variables = {} } = {} } = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    const url = Variables[ENDPOINT];
    if (url !== undefined) {
      await client.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName,
          Environment: { Variables: { ...Variables, [ENDPOINT]: addressOf(target, url) } },
        }),
      );
    }
  }
}
