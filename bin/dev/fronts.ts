import { FUNCTION_URL_KIND } from '../../lib/kinds/function-url-kind';
import type { AppModel } from '../../lib/model/app-model';
import { freePort } from './emulator';
import { Front } from './front';

const FIRST_PORT = 3000;
const TRIED_PORTS = 20;

/** An API or a function URL of a deployed app. */
export interface Address {
  /** The construct path of the app, of its WebSocket API or of the function. */
  readonly path: string;
  /** The address on AWS. */
  readonly url: string;
}

/** The APIs and function URLs of the deployed apps: `urlOf` reads the URL of a function by its name. */
export async function addressesOf(
  models: readonly AppModel[],
  urlOf: (name: string) => Promise<string | undefined>,
): Promise<Address[]> {
  const found = models.map(async ({ app, http, webSocket, functions }): Promise<Address[]> => {
    const urls = functions
      .filter(({ triggers }) => triggers.some(({ kind }) => kind === FUNCTION_URL_KIND.kind))
      .map(async ({ path, name }) => ({ path, url: await urlOf(name) }));
    return [
      ...(http === undefined ? [] : [{ path: app.path, url: apiUrl(http) }]),
      ...(typeof webSocket?.url === 'string' ? [{ path: webSocket.path, url: webSocket.url }] : []),
      ...(await Promise.all(urls)).flatMap(({ path, url }) =>
        url === undefined ? [] : [{ path, url }],
      ),
    ];
  });
  return (await Promise.all(found)).flat();
}

/** Local addresses of APIs and function URLs, which stay the same across deployments. */
export class Fronts {
  private readonly fronts = new Map<string, Front>();

  /** @param port the first port; undefined for the first free port from 3000 on */
  constructor(private readonly port: number | undefined) {}

  /** The local address of each, by the path. */
  async point(endpoint: string, addresses: readonly Address[]): Promise<Map<string, string>> {
    const urls = new Map<string, string>();
    for (const { path, url } of addresses) {
      const front = await this.frontOf(path);
      front.point(endpoint, url);
      urls.set(path, front.url);
    }
    return urls;
  }

  stop(): void {
    this.fronts.forEach((front) => {
      front.stop();
    });
  }

  private async frontOf(path: string): Promise<Front> {
    const known = this.fronts.get(path);
    if (known !== undefined) {
      return known;
    }
    const front = new Front(await this.nextPort());
    await front.start();
    this.fronts.set(path, front);
    return front;
  }

  private async nextPort(): Promise<number> {
    if (this.port !== undefined && this.fronts.size === 0) {
      return freePort(this.port);
    }
    const first = (this.port ?? FIRST_PORT) + this.fronts.size;
    for (let i = 0; i < TRIED_PORTS; i++) {
      const free = await freePort(first + i).catch(() => undefined);
      if (free !== undefined) {
        return free;
      }
    }
    return freePort();
  }
}

/** The emulator only reads the API's id, which is the first part of the host name, and the stage in the path. */
function apiUrl({ url, name }: NonNullable<AppModel['http']>): string {
  return typeof url === 'string' ? url : `https://${name}.execute-api.local/`;
}
