import type * as http from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';

/** A module whose default export has `fetch`. */
export interface WebModule {
  fetch(request: Request, env: object, context: object): Response | Promise<Response>;
}

/**
 * Converts Node’s request to a web `Request` whose body streams.
 *
 * @param read the body, if it has been read; null to leave it unread
 */
export function requestFrom(
  message: http.IncomingMessage,
  signal: AbortSignal,
  read?: Buffer | null,
): Request {
  const { method = 'GET', url = '/', headers, rawHeaders, socket } = message;
  const all = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    all.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '');
  }
  const ip = socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  all.set('x-real-ip', ip);
  all.append('x-forwarded-for', ip);
  const scheme = /^https?$/.exec(all.get('x-forwarded-proto') ?? '')?.[0] ?? 'http';
  const hasBody = method !== 'GET' && method !== 'HEAD' && read !== null;
  const body = (): object =>
    read instanceof Buffer
      ? { body: read }
      : { body: Readable.toWeb(message) as ReadableStream, duplex: 'half' };
  return new Request(`${scheme}://${headers.host ?? 'localhost'}${url}`, {
    method,
    headers: all,
    signal,
    ...(hasBody ? body() : {}),
  });
}

/** Writes a response while its body arrives, and reads the body no faster than the client does. */
export async function send(
  response: Response,
  target: http.ServerResponse,
  method: string,
): Promise<void> {
  const headers = new Map<string, string | string[]>();
  response.headers.forEach((value, name) => headers.set(name, value));
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) {
    headers.set('set-cookie', cookies);
  }
  target.writeHead(response.status, Object.fromEntries(headers));
  const { body } = response;
  if (body === null || method === 'HEAD') {
    await body?.cancel();
    target.end();
    return;
  }
  for await (const chunk of body as unknown as NodeStream<Uint8Array>) {
    if (target.destroyed) {
      return;
    }
    if (!target.write(chunk)) {
      await new Promise((resolve) => {
        target.once('drain', resolve).once('close', resolve);
      });
    }
  }
  target.end();
}

/** Aborts when the client disconnects before it has received the response. */
export function abortsWith(target: http.ServerResponse): AbortController {
  const aborter = new AbortController();
  target.once('close', () => {
    if (!target.writableFinished) {
      aborter.abort(new DOMException('the client disconnected', 'AbortError'));
    }
  });
  return aborter;
}
