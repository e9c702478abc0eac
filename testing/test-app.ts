import * as path from 'node:path';
import { awsVariables } from '../bin/dev/emulator-environment';
import { text } from './events';
import { Host, hostOf } from './host-process';

const START_TIMEOUT_MS = 120_000;

export interface TestAppOptions {
  /**
   * The folder of the app’s cdk.json.
   * @default - the current folder
   */
  readonly folder?: string;
  /**
   * The name of the app, in a project that has several.
   * @default - the only one
   */
  readonly app?: string;
  /** Context for the synthesis, as `cdk deploy --context` gives it. */
  readonly context?: Readonly<Record<string, string>>;
  /**
   * Whether a call without a permission fails, as on AWS.
   * @default true
   */
  readonly enforceIam?: boolean;
  /**
   * How long to wait for the start, in milliseconds. The first start on a machine installs the emulator.
   * @default 120_000
   */
  readonly startTimeoutMs?: number;
}

/** A failure of the function itself, with the end of its log. */
export class FunctionFailed extends Error {
  constructor(
    readonly functionId: string,
    reason: string,
    /** The end of its log. */
    readonly log: string,
  ) {
    super(`${functionId} failed: ${reason}${log === '' ? '' : `\n${log}`}`);
    this.name = 'FunctionFailed';
  }
}

/**
 * Runs the CDK app of a folder on the emulator, as `serverless-app dev` does. The tests of one run share it, even across worker processes,
 * and it ends with the run. Each run begins without data.
 */
export async function testApp(options: TestAppOptions = {}): Promise<TestedApp> {
  const { folder = '.', app, context, enforceIam = true, startTimeoutMs } = options;
  const project = path.resolve(folder);
  return new TestedApp(
    await hostOf({ project, app, context, enforceIam }, startTimeoutMs ?? START_TIMEOUT_MS),
  );
}

/** An app that runs on the emulator for the tests of one run; `testApp` returns it. */
export class TestedApp {
  /** The address of the app’s HTTP or REST API. */
  readonly url: string | undefined;

  /**
   * The variables with which AWS clients, such as those of the SDK, reach the emulator: `Object.assign(process.env,
   * app.environment)`.
   */
  readonly environment: Readonly<Record<string, string>>;

  /** @internal */
  constructor(private readonly host: Host) {
    const { url, endpoint = '', account, region } = host;
    this.url = url;
    this.environment = awsVariables({ endpoint, account, region });
  }

  /**
   * Runs a function on an event and returns its result. Throws `FunctionFailed` if the function fails.
   *
   * @param functionId the function’s id: `CreateOrder`
   * @param event in the form that the function expects; by default a typical event of its first trigger
   */
  async invoke<Result = unknown>(functionId: string, event?: unknown): Promise<Result> {
    return this.run(functionId, 'invoke', { function: functionId, event }) as Promise<Result>;
  }

  /**
   * Runs a function on a typical event of its trigger and returns its result.
   *
   * @param trigger the function’s id, or the trigger as `serverless-app describe` shows it: `GET /orders`
   */
  async fire<Result = unknown>(trigger: string): Promise<Result> {
    return this.run(trigger, 'fire', { trigger }) as Promise<Result>;
  }

  /** Sends a request to the app’s API: `await app.request('/orders', { method: 'POST', body: '{}' })`. */
  async request(route: string, init?: RequestInit): Promise<Response> {
    if (this.url === undefined) {
      throw new Error('the app has no API: use `invoke`');
    }
    return fetch(new URL(route, this.url), init);
  }

  /** Puts an item of plain values into a table, which triggers the functions that listen to its changes. */
  async putItem(table: string, item: Readonly<Record<string, unknown>>): Promise<void> {
    await this.act('putItem', { table, item });
  }

  /** Puts an object into a bucket, which triggers the functions that listen to it. */
  async upload(bucket: string, key: string, content: string | Uint8Array): Promise<void> {
    await this.act('upload', { bucket, key, content: Buffer.from(content).toString('base64') });
  }

  /**
   * Sends a message to a queue.
   *
   * @param body a string; anything else is written as JSON
   * @param group the group of the message, in a FIFO queue
   */
  async send(queue: string, body: unknown, group?: string): Promise<void> {
    await this.act('send', { queue, body: text(body), group });
  }

  /** The name of a table on the emulator, by the id of its construct. */
  async tableName(id: string): Promise<string> {
    return String(await this.act('name', { of: 'table', id }));
  }

  /** The name of a bucket on the emulator, by the id of its construct. */
  async bucketName(id: string): Promise<string> {
    return String(await this.act('name', { of: 'bucket', id }));
  }

  /** The log lines of the functions, oldest first, with one line for each event. Pass an id for those of a single function. */
  async logs(functionId?: string): Promise<string[]> {
    return (await this.act('logs', { function: functionId })) as string[];
  }

  private async run(name: string, action: string, given: object): Promise<unknown> {
    const { response, error, log } = (await this.act(action, given)) as {
      readonly response?: unknown;
      readonly error?: string;
      readonly log?: string;
    };
    if (error !== undefined) {
      throw new FunctionFailed(name, error, log ?? '');
    }
    return response;
  }

  private async act(action: string, given: object): Promise<unknown> {
    const { control, token } = this.host;
    const answer = await fetch(`${control}/${action}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(given),
    });
    const body: unknown = await answer.json();
    if (!answer.ok) {
      throw new Error((body as { readonly error: string }).error);
    }
    return body;
  }
}
