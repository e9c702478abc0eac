import { randomUUID } from 'node:crypto';
import type * as http from 'node:http';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { TriggerModel } from '../../lib/model/app-model';
import { asNumber } from '../json/unknown';
import { UserError } from '../user-error';
import { requestFrom, send, WebModule } from './fetch-adapter';
import { eventOf, writeResult } from './lambda-events';
import type { ServedFunction } from './served-functions';

/** One request on its way to a function. */
export interface Call {
  readonly message: http.IncomingMessage;
  readonly target: http.ServerResponse;
  readonly signal: AbortSignal;
  readonly trigger: TriggerModel;
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Runs a request, and resolves when the answer is written. */
export type Answer = (call: Call) => Promise<void>;

/** The size that API Gateway accepts: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MAX_EVENT_BYTES = 10 * 1024 * 1024;
const STREAMED = Symbol('streamed');

/** What Lambda's runtime gives to handlers that stream their response. */
const AWSLAMBDA = {
  streamifyResponse: (run: object) => Object.assign(run, { [STREAMED]: true }),
  HttpResponseStream: {
    from: (stream: PassThrough, metadata: object) => Object.assign(stream, { metadata }),
  },
};

/** Loads the module of a function. Its work after answers, given by `waitUntil`, is added to `waiting`. */
export async function load(fn: ServedFunction, waiting: Set<Promise<unknown>>): Promise<Answer> {
  Reflect.set(globalThis, 'awslambda', AWSLAMBDA);
  const { file, handler, model } = fn;
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${model.id} cannot be loaded (${reason})`,
      'correct it, and synthesize again',
    );
  }
  const standard = module.default as Record<string, unknown> | undefined;
  if (handler === undefined) {
    const inner = standard?.default as Record<string, unknown> | undefined;
    const web = [standard, inner, inner?.default].find(hasFetch);
    if (web === undefined) {
      throw new UserError(
        `the default export of ${model.entry ?? model.id} has no \`fetch(request)\``,
        'export one, or a `handler`',
      );
    }
    return webAnswer(web, waiting);
  }
  const run = module[handler] ?? standard?.[handler];
  if (typeof run !== 'function') {
    throw new UserError(`${model.id} exports no function \`${handler}\``, 'export it');
  }
  return lambdaAnswer(run as LambdaHandler, fn);
}

function hasFetch(value: unknown): value is WebModule {
  return typeof (value as Partial<WebModule> | undefined)?.fetch === 'function';
}

function webAnswer(module: WebModule, waiting: Set<Promise<unknown>>): Answer {
  const env = { ...process.env };
  return async ({ message, target, signal }) => {
    const context = {
      waitUntil: (promise: Promise<unknown>): void => {
        const ended = Promise.resolve(promise)
          .catch((error: unknown) => {
            console.error(error);
          })
          .finally(() => waiting.delete(ended));
        waiting.add(ended);
      },
      passThroughOnException: () => undefined,
    };
    const response = await module.fetch(requestFrom(message, signal), env, context);
    await send(response, target, message.method ?? 'GET');
  };
}

type LambdaHandler = ((...args: unknown[]) => unknown) & { readonly [STREAMED]?: true };

function lambdaAnswer(run: LambdaHandler, { model }: ServedFunction): Answer {
  return async ({ message, target, signal, trigger, routeKey, parameters }) => {
    const request = requestFrom(message, signal);
    const body = Buffer.from(await request.arrayBuffer());
    if (body.length > MAX_EVENT_BYTES) {
      target.writeHead(413).end();
      return;
    }
    const payload = trigger.details.payload === '1.0' ? '1.0' : '2.0';
    const ip = request.headers.get('x-real-ip') ?? '';
    const event = eventOf({ request, body, routeKey, parameters, ip }, payload);
    const deadline = Date.now() + (asNumber(model.timeoutSeconds) ?? 30) * 1000;
    const context = {
      functionName: model.id,
      functionVersion: '$LATEST',
      memoryLimitInMB: String(model.memoryMb),
      awsRequestId: randomUUID(),
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    };
    if (run[STREAMED] === true) {
      await streamed(run, [event, context], target);
    } else {
      writeResult(await run(event, context), payload, target);
    }
  };
}

/** The head of a streamed response is known with its first bytes. */
async function streamed(
  run: LambdaHandler,
  [event, context]: readonly [unknown, unknown],
  target: http.ServerResponse,
): Promise<void> {
  const stream = new PassThrough() as PassThrough & { metadata?: { statusCode?: number } };
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('readable', () => {
      const {
        statusCode = 200,
        headers,
        cookies,
      } = (stream.metadata ?? {}) as {
        statusCode?: number;
        headers?: Record<string, string>;
        cookies?: string[];
      };
      target.writeHead(statusCode, {
        ...headers,
        ...(cookies === undefined ? {} : { 'set-cookie': cookies }),
      });
      stream.pipe(target).once('close', resolve);
    });
  });
  await run(event, stream, context);
  await ended;
}
