import type { EchoEnv } from '../serverless-app-env';

/** Tells the client what it sent. This file imports nothing of AWS. */
export default {
  async fetch(request: Request, env: EchoEnv): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.endsWith('/picture')) {
      return new Response(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 255]), {
        headers: { 'content-type': 'image/png' },
      });
    }
    if (pathname.endsWith('/fail')) {
      throw new Error('as asked');
    }
    const headers = new Headers();
    headers.append('set-cookie', 'first=1; Path=/');
    headers.append('set-cookie', 'second=2; HttpOnly');
    const answer = {
      greeting: env.GREETING,
      method: request.method,
      path: pathname,
      query: [...searchParams],
      cookie: request.headers.get('cookie'),
      body: await request.text(),
    };
    return Response.json(answer, { headers });
  },
};
