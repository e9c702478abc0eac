import { randomBytes } from 'node:crypto';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { kindOf } from '../../lib/kinds/trigger-kinds';
import { aliasArn } from '../failures/function-arn';
import { functionNamed, triggerNamed } from '../invoke/choose-trigger';
import { groupOf, queueUrl, resourceNamed } from '../invoke/choose-resource';
import { asText, JsonObject, parseJson, parseJsonObject } from '../json/unknown';
import { lastResort } from '../last-resort';
import type { OpenApp } from '../open-app';
import { placeOf } from '../resolve';
import { UserError } from '../user-error';

const INVOKE_SECONDS = 900;

/** A line that a function wrote. */
export interface LoggedLine {
  readonly function: string;
  readonly text: string;
}

type Action = (open: OpenApp, given: JsonObject) => Promise<unknown>;

/** The actions that tests perform on an app. Each returns a JSON value. */
const ACTIONS: Readonly<Record<string, Action>> = {
  invoke: async ({ app, cloud }, given) => {
    const fn = functionNamed(app.model, textOf(given, 'function'));
    const [trigger] = fn.triggers;
    const typical = trigger === undefined ? {} : kindOf(trigger).sampleEvent(trigger);
    return run({ app, cloud }, fn.id, given.event ?? typical);
  },
  fire: ({ app, cloud }, given) => {
    const { fn, trigger } = triggerNamed(app.model, textOf(given, 'trigger'));
    return run({ app, cloud }, fn.id, kindOf(trigger).sampleEvent(trigger));
  },
  putItem: async ({ app, cloud }, given) => {
    const table = resourceNamed(app.model.tables, textOf(given, 'table'), 'table');
    await (await cloud.sender()).put(table, given.item as JsonObject);
  },
  upload: async ({ app, cloud }, given) => {
    const bucket = resourceNamed(app.model.buckets, textOf(given, 'bucket'), 'bucket');
    const content = Buffer.from(textOf(given, 'content'), 'base64');
    await (await cloud.sender()).upload(bucket, textOf(given, 'key'), content);
  },
  send: async ({ app, cloud }, given) => {
    const url = queueUrl(app.stack, textOf(given, 'queue'));
    await (
      await cloud.sender()
    ).send(url, textOf(given, 'body'), asText(given.group) ?? groupOf(url));
  },
  name: ({ app }, given) => {
    const { tables, buckets } = app.model;
    const resources = given.of === 'table' ? tables : buckets;
    return Promise.resolve(resourceNamed(resources, textOf(given, 'id'), textOf(given, 'of')));
  },
};

async function run({ app, cloud }: OpenApp, id: string, event: unknown): Promise<object> {
  const fn = functionNamed(app.model, id);
  const arn = aliasArn(fn, placeOf(app.stack).partition, app.model);
  const runner = await cloud.functions();
  const { response, error, log } = await runner.invoke(arn, JSON.stringify(event), INVOKE_SECONDS);
  return { response: parseJson(response), error, log };
}

/** Accepts actions on the app from the tests of one run. Only they know the token. */
export class ControlServer {
  static async start(open: () => OpenApp, log: readonly LoggedLine[]): Promise<ControlServer> {
    const control = new ControlServer(open, log);
    await new Promise<void>((resolve, reject) => {
      control.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return control;
  }

  readonly token = randomBytes(24).toString('hex');
  private readonly server: http.Server;

  private constructor(
    private readonly open: () => OpenApp,
    private readonly log: readonly LoggedLine[],
  ) {
    this.server = http.createServer((incoming, answer) => {
      this.serve(incoming).then(
        ({ status, body }) => {
          answer.writeHead(status, { 'content-type': 'application/json' });
          answer.end(JSON.stringify(body ?? null));
        },
        (error: unknown) => {
          answer.writeHead(500).end(JSON.stringify({ error: describe(error) }));
        },
      );
    });
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async serve(
    incoming: http.IncomingMessage,
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    if (incoming.headers.authorization !== `Bearer ${this.token}`) {
      return { status: 403, body: { error: 'the token is missing or wrong' } };
    }
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk as Buffer);
    }
    const given = parseJsonObject(Buffer.concat(chunks).toString('utf8')) ?? {};
    const name = (incoming.url ?? '').slice(1);
    if (name === 'logs') {
      const lines = this.log.filter(
        (line) => given.function === undefined || line.function === given.function,
      );
      return { status: 200, body: lines.map(({ text }) => text) };
    }
    const action = ACTIONS[name];
    return action === undefined
      ? { status: 404, body: { error: `there is no action ${name}` } }
      : { status: 200, body: await action(this.open(), given) };
  }
}

function textOf(given: JsonObject, name: string): string {
  const value = asText(given[name]);
  if (value === undefined) {
    throw new UserError(`\`${name}\` must be a text`, 'see docs/testing.md');
  }
  return value;
}

function describe(error: unknown): string {
  const known = lastResort(error);
  return known === undefined
    ? String(error instanceof Error ? (error.stack ?? error.message) : error)
    : `${known.message}: ${known.remedy}`;
}
