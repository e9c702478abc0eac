import { createHash, randomBytes } from 'node:crypto';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportHtml } from '../../lib/report/report-html';
import type { FunctionModel } from '../../lib/model/app-model';
import type { LiveMessage } from '../../lib/report/live-section';
import { countsFreeTier, readPlaces } from '../assembly';
import { LiveCounter } from './live-counts';
import type { Ran } from './function-pool';

/** Events within this time are combined into one message to the page. */
const SETTLE_MS = 100;
const PLAIN = { 'content-type': 'text/plain; charset=utf-8' };

interface Page {
  /** The path of the app, encoded. */
  readonly app: string;
  readonly answer: http.ServerResponse;
}

/**
 * The report of a running app, with live counts: `http://127.0.0.1:<port>/<token>/<path of the app>/`. Requests without the token get
 * nothing. Neither do pages of other sites, whose requests have a different host name or origin.
 */
export class LiveReport {
  static async start(): Promise<LiveReport> {
    const report = new LiveReport();
    await new Promise<void>((resolve, reject) => {
      report.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    report.server.unref();
    return report;
  }

  private readonly token = randomBytes(24).toString('hex');
  private readonly counter = new LiveCounter();
  private readonly pages = new Set<Page>();
  private readonly server: http.Server;
  private places: ReturnType<typeof readPlaces> = [];
  private timer?: NodeJS.Timeout;

  private constructor() {
    this.server = http.createServer((request, answer) => {
      try {
        this.answer(request, answer);
      } catch (error) {
        answer.writeHead(500, PLAIN).end(error instanceof Error ? error.message : String(error));
      }
    });
  }

  /** The address, to which the path of an app and a slash are appended. */
  get url(): string {
    return `http://${this.host}/${this.token}/`;
  }

  /** The cloud assembly that is deployed now. */
  deployed(assembly: string | undefined): void {
    this.places = assembly === undefined ? [] : readPlaces(assembly);
    this.tell();
  }

  ran(fn: FunctionModel, ran: Ran): void {
    this.counter.add(fn, ran);
    this.tell();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.server.close();
    this.server.closeAllConnections();
  }

  private get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private answer(request: http.IncomingMessage, answer: http.ServerResponse): void {
    const [, token, app = '', what, ...more] = (request.url ?? '').split('/');
    const isOurs = request.headers.host === this.host && token === this.token;
    if (!isOurs || request.method !== 'GET' || what === undefined || more.length > 0) {
      answer.writeHead(404, PLAIN).end('there is no such page: run `serverless-app dev open`\n');
      return;
    }
    const place = this.placeOf(app);
    if (place === undefined) {
      answer.writeHead(404, PLAIN).end(`there is no app ${app}\n`);
    } else if (what === 'counts') {
      this.follow(app, request, answer);
    } else if (what === '') {
      answer.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      const { model } = place;
      answer.end(
        reportHtml({
          model,
          freeTier: countsFreeTier(place),
          live: { version: versionOf(model) },
        }),
      );
    } else {
      answer.writeHead(404, PLAIN).end();
    }
  }

  /** @param app its path, encoded */
  private placeOf(app: string): ReturnType<typeof readPlaces>[number] | undefined {
    return this.places.find(({ model }) => encodeURIComponent(model.app.path) === app);
  }

  /** Sends the counts now, and whenever they change. */
  private follow(app: string, request: http.IncomingMessage, answer: http.ServerResponse): void {
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const page = { app, answer };
    this.pages.add(page);
    request.once('close', () => this.pages.delete(page));
    this.send(page);
  }

  private tell(): void {
    if (this.pages.size > 0) {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.pages.forEach((page) => {
          this.send(page);
        });
      }, SETTLE_MS);
    }
  }

  private send({ app, answer }: Page): void {
    const place = this.placeOf(app);
    const message: LiveMessage = {
      version: place === undefined ? '' : versionOf(place.model),
      functions: this.counter.counts,
    };
    answer.write(`data: ${JSON.stringify(message)}\n\n`);
  }
}

function versionOf(model: object): string {
  return createHash('sha256').update(JSON.stringify(model)).digest('hex').slice(0, 16);
}
