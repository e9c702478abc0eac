import { randomUUID } from 'node:crypto';
import type * as http from 'node:http';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { TriggerModel } from '../../lib/model/app-model';
import { asNumber } from '../json/unknown';
import { UserError } from '../user-error';
import { requestFrom, send, WebModule } from './fetch-adapter';
import { EventRequest, eventOf, writeResult } from './lambda-events';
import type { ServedFunction } from './served-functions';

/** One request to a function. */
export interface Call {
  readonly message: http.IncomingMessage;
  readonly target: http.ServerResponse;
  readonly signal: AbortSignal;
  readonly trigger: TriggerModel;
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The body, if it has been read. */
  readonly body?: Buffer;
  /** The result of the authorizer, if the route has one that ran. */
  readonly authorizer?: object;
}

/** Runs a request, and resolves when the response is written. */
export type Answer = (call: Call) => Promise<void>;

/** The size that API Gateway accepts: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const MAX_EVENT_BYTES = 10 * 1024 * 1024;
const STREAMED = Symbol('streamed');

/** What Lambda's runtime gives to handlers that stream their response. */
const AWSLAMBDA = {
  streamifyResponse: (run: object) => Object.assign(run, { [STREAMED]: true }),
  HttpResponseStream: {
    from: (stream: PassThrough, metadata: object) => Object.assign(stream, { metadata }),
  },
};

/** Loads a function's module. Work that continues after a response (`waitUntil`) is added to `waiting`. */
export async function load(fn: ServedFunction, waiting: Set<Promise<unknown>>): Promise<Answer> {
  const { handler, model } = fn;
  const module = await moduleOf(fn);
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
    return webAnswer(web, fn, waiting);
  }
  return lambdaAnswer(handlerIn(module, handler, fn), fn);
}

/** Loads the handler of a function that does not answer requests, such as an authorizer. */
export async function loadHandler(fn: ServedFunction): Promise<LambdaHandler> {
  return handlerIn(await moduleOf(fn), fn.handler ?? 'handler', fn);
}

async function moduleOf({ file, model }: ServedFunction): Promise<Record<string, unknown>> {
  Reflect.set(globalThis, 'awslambda', AWSLAMBDA);
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${model.id} cannot be loaded (${reason})`,
      'correct it, and synthesize again',
    );
  }
}

function handlerIn(
  module: Record<string, unknown>,
  name: string,
  { model }: ServedFunction,
): LambdaHandler {
  const standard = module.default as Record<string, unknown> | undefined;
  const run = module[name] ?? standard?.[name];
  if (typeof run !== 'function') {
    throw new UserError(`${model.id} exports no function \`${name}\``, 'export it');
  }
  return run as LambdaHandler;
}

function hasFetch(value: unknown): value is WebModule {
  return typeof (value as Partial<WebModule> | undefined)?.fetch === 'function';
}

function webAnswer(
  module: WebModule,
  { model }: ServedFunction,
  waiting: Set<Promise<unknown>>,
): Answer {
  const env = { ...process.env };
  return async (call) => {
    const { message, target, signal, body } = call;
    const request = requestFrom(message, signal, body);
    const context = {
      lambda: invocationOf(call, model),
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
    const response = await module.fetch(request, env, context);
    await send(response, target, message.method ?? 'GET');
  };
}

/**
 * What a module with `fetch` gets of the invocation where a function of the app has decided who may call: the event, without the body,
 * which streams.
 */
function invocationOf(call: Call, model: ServedFunction['model']): object | undefined {
  return call.authorizer === undefined
    ? undefined
    : { event: eventOf(askedBy(call), payloadOf(call.trigger)), context: contextFor(model) };
}

/** The event of a request without its body. */
export function askedBy(call: Omit<Call, 'target'>): EventRequest {
  const { message, signal, routeKey, parameters, authorizer, trigger } = call;
  const isUrl = isOfUrl(trigger);
  const request = requestFrom(message, signal, null);
  const ip = request.headers.get('x-real-ip') ?? '';
  return {
    request,
    body: Buffer.alloc(0),
    routeKey,
    parameters,
    ip,
    headerValues: message.headersDistinct,
    authorizer,
    isUrl,
  };
}

function isOfUrl({ details }: TriggerModel): boolean {
  return details.method === undefined;
}

function payloadOf({ details }: TriggerModel): '1.0' | '2.0' {
  return details.payload === '1.0' ? '1.0' : '2.0';
}

/** Lambda's context for an invocation that begins now. */
export function contextFor(model: ServedFunction['model']): object {
  const deadline = Date.now() + (asNumber(model.timeoutSeconds) ?? 30) * 1000;
  return {
    functionName: model.id,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${model.id}`,
    logGroupName: `/aws/lambda/${model.id}`,
    logStreamName: 'local',
    memoryLimitInMB: String(model.memoryMb),
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

export type LambdaHandler = ((...args: unknown[]) => unknown) & { readonly [STREAMED]?: true };

function lambdaAnswer(run: LambdaHandler, { model }: ServedFunction): Answer {
  return async (call) => {
    const { message, target, signal, trigger, routeKey, parameters, authorizer } = call;
    const request = requestFrom(message, signal, call.body);
    const body = call.body ?? Buffer.from(await request.arrayBuffer());
    if (body.length > MAX_EVENT_BYTES) {
      target.writeHead(413).end();
      return;
    }
    const payload = payloadOf(trigger);
    const ip = request.headers.get('x-real-ip') ?? '';
    const isUrl = isOfUrl(trigger);
    const headerValues = message.headersDistinct;
    const asked = { request, body, routeKey, parameters, ip, headerValues, authorizer, isUrl };
    const event = eventOf(asked, payload);
    const context = contextFor(model);
    if (run[STREAMED] === true) {
      await streamed(run, [event, context], target);
    } else {
      writeResult(await run(event, context), payload, target);
    }
  };
}

/** The status and headers of a streamed response arrive with its first bytes. */
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
