import type { AppModel } from '../../lib/model/app-model';
import { freePort } from './emulator';
import { ApiFront } from './front';

const FIRST_PORT = 3000;
const TRIED_PORTS = 20;

/** The addresses of the apps' APIs. An app keeps its address across deployments. */
export class ApiFronts {
  private readonly fronts = new Map<string, ApiFront>();

  /** @param port the port of the first app; undefined for the first free port from 3000 on */
  constructor(private readonly port: number | undefined) {}

  /** The address of each app that has an API, by the app's path. */
  async point(endpoint: string, models: readonly AppModel[]): Promise<Map<string, string>> {
    const urls = new Map<string, string>();
    for (const model of models) {
      if (model.http !== undefined) {
        const front = await this.frontOf(model.app.path);
        front.point(endpoint, apiUrl(model));
        urls.set(model.app.path, front.url);
      }
    }
    return urls;
  }

  stop(): void {
    this.fronts.forEach((front) => {
      front.stop();
    });
  }

  private async frontOf(app: string): Promise<ApiFront> {
    const known = this.fronts.get(app);
    if (known !== undefined) {
      return known;
    }
    const front = new ApiFront(await this.nextPort());
    await front.start();
    this.fronts.set(app, front);
    return front;
  }

  private async nextPort(): Promise<number> {
    if (this.port !== undefined) {
      return freePort(this.port + this.fronts.size);
    }
    for (let i = 0; i < TRIED_PORTS; i++) {
      const free = await freePort(FIRST_PORT + i).catch(() => undefined);
      if (free !== undefined) {
        return free;
      }
    }
    return freePort();
  }
}

/** The emulator only reads the API's id, which is the first part of the host name, and the stage in the path. */
function apiUrl({ http }: AppModel): string {
  const url: unknown = http?.url;
  return typeof url === 'string' ? url : `https://${String(http?.name)}.execute-api.local/`;
}
