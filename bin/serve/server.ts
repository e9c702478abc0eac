import * as http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { asNumber } from '../json/unknown';
import { UserError } from '../user-error';
import { applyCors, Cors } from './cors';
import { abortsWith } from './fetch-adapter';
import type { Answer } from './function-runner';
import { matchRoute, Route } from './routes';
import type { ServedFunction } from './served-functions';

/** A route, and the function that answers it. */
export interface ServedRoute extends Route {
  readonly trigger: ServedFunction['requests'][number];
  readonly fn: ServedFunction;
  readonly answer: Answer;
}

/** The settings of the API, or of the function URL. */
export interface ServedApi {
  /** Whether greedy routes come after all others, as in an HTTP API; the default. */
  readonly greedyLast?: boolean;
  readonly cors?: Cors;
}

/** A server for some routes. */
export class RouteServer {
  private readonly server: http.Server;
  private running = 0;
  private stopping = false;

  constructor(
    private readonly routes: readonly ServedRoute[],
    private readonly api: ServedApi = {},
  ) {
    this.server = http.createServer((message, target) => {
      void this.answer(message, target);
    });
  }

  /** Starts to listen, and returns the port. */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => {
        const reason = LISTEN_ERRORS[error.code ?? ''] ?? `cannot be used (${error.message})`;
        reject(new UserError(`port ${port} of ${host} ${reason}`, 'name another one with --port'));
      });
      this.server.listen(port, host, resolve);
    });
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  /** Accepts no more connections, and waits for the running requests; after `limitMs` it ends them. */
  async drain(limitMs: number): Promise<number> {
    this.stopping = true;
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
    this.server.closeIdleConnections();
    const waited = await Promise.race([
      closed.then(() => true),
      sleep(limitMs, false, { ref: false }),
    ]);
    const left = waited ? 0 : this.running;
    this.server.closeAllConnections();
    await closed;
    return left;
  }

  private async answer(message: http.IncomingMessage, target: http.ServerResponse): Promise<void> {
    this.running++;
    if (this.stopping) {
      target.setHeader('connection', 'close');
    }
    const aborter = abortsWith(target);
    const { method = 'GET' } = message;
    const url = targetOf(message);
    let timer: NodeJS.Timeout | undefined;
    try {
      if (url === undefined) {
        fail(target, 400, 'Bad Request');
        return;
      }
      const { cors, greedyLast } = this.api;
      if (cors !== undefined && applyCors(cors, message, target)) {
        return;
      }
      message.url = url; // The route and the event come from the same path.
      const pathname = url.split('?')[0] ?? '/';
      const match = NEVER_ROUTED.test(method)
        ? undefined
        : matchRoute(this.routes, method, pathname, { greedyLast });
      if (match === undefined) {
        fail(target, 404, 'Not Found');
        return;
      }
      const { answer, trigger, key, fn } = match.route;
      const { parameters } = match;
      const seconds = asNumber(fn.model.timeoutSeconds);
      if (seconds !== undefined) {
        timer = setTimeout(() => {
          console.error(`${key} timed out after ${seconds} s`);
          fail(target, 503, 'Service Unavailable');
          aborter.abort(new DOMException('the function times out', 'TimeoutError'));
        }, seconds * 1000);
      }
      await answer({ message, target, signal: aborter.signal, trigger, routeKey: key, parameters });
    } catch (error) {
      if (!aborter.signal.aborted) {
        console.error(error);
      }
      fail(target, 500, 'Internal Server Error');
    } finally {
      clearTimeout(timer);
      this.running--;
      if (this.stopping) {
        setImmediate(() => {
          this.server.closeIdleConnections();
        });
      }
    }
  }
}

/** Methods that no web `Request` can have. */
const NEVER_ROUTED = /^(TRACE|TRACK|CONNECT)$/i;

/**
 * The path and the query of a request, without dot segments and without further slashes at the beginning. A proxy may send them with scheme
 * and host. Undefined if they are no address.
 */
export function targetOf({
  url = '/',
  headers: { host = 'localhost' },
}: Pick<http.IncomingMessage, 'url' | 'headers'>): string | undefined {
  const text = url.startsWith('/') ? `http://localhost${url}` : url;
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`) || !URL.canParse(text)) {
    return undefined;
  }
  const { pathname, search } = new URL(text);
  return `/${pathname.replace(/^\/+/, '')}${search}`;
}

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use',
  EACCES: 'needs more permissions',
  EADDRNOTAVAIL: 'is not on this machine',
};

/** Responds with an error in API Gateway's form. A response that has begun can only be cut off. */
function fail(target: http.ServerResponse, status: number, text: string): void {
  if (target.headersSent) {
    target.destroy();
    return;
  }
  target.writeHead(status, { 'content-type': 'application/json' });
  target.end(JSON.stringify({ message: text }));
}
