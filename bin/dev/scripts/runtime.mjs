// An execution environment of a function, like that of Lambda's Node.js runtime: loads a handler once, and runs one event after the other.
// It talks to its parent over the IPC channel, and ends with it.
/* eslint no-console: off -- handlers log with it, so it is replaced here */
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const METHODS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
};
/** The limit that Lambda's error names: 6 MB and 100 bytes. */
const MAX_RESULT_BYTES = 6_291_556;

let handler;
let current;

function tell(message) {
  if (process.connected) {
    process.send(message);
  }
}

function log(text) {
  tell({ type: 'log', text });
}

function described(error) {
  return error instanceof Error
    ? {
        errorType: error.name,
        errorMessage: error.message,
        trace: String(error.stack ?? '').split('\n'),
      }
    : {
        errorType: 'Error',
        errorMessage: typeof error === 'string' ? error : format(error),
        trace: [],
      };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html */
function line(level, values) {
  const timestamp = new Date().toISOString();
  const requestId = current?.requestId;
  if (current?.logFormat !== 'JSON') {
    return `${timestamp}\t${requestId ?? 'undefined'}\t${level}\t${format(...values)}`;
  }
  const error = values.find((value) => value instanceof Error);
  const { errorType, errorMessage, trace } = error === undefined ? {} : described(error);
  const [only, ...others] = values;
  const alone = others.length === 0 && typeof only === 'object';
  const message = alone ? (error === undefined ? only : undefined) : format(...values);
  const entry = {
    timestamp,
    level,
    requestId,
    message,
    errorType,
    errorMessage,
    stackTrace: trace,
  };
  try {
    return JSON.stringify(entry);
  } catch {
    return JSON.stringify({ ...entry, message: format(...values) }); // A cycle, or a bigint.
  }
}

function logAt(level, values) {
  const least = current?.logFormat === 'JSON' ? LEVELS.indexOf(current.logLevel ?? 'INFO') : 0;
  if (LEVELS.indexOf(level) >= least) {
    log(line(level, values));
  }
}

for (const [method, level] of Object.entries(METHODS)) {
  console[method] = (...values) => logAt(level, values);
}
const flushes = [process.stdout, process.stderr].map((stream) => {
  let rest = '';
  stream.write = (chunk, encoding, done) => {
    const lines = (
      rest + (typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk))
    ).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(log);
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };
  return () => {
    if (rest !== '') {
      log(rest);
      rest = '';
    }
  };
});

/** Logs what was written without an end of line. */
function flush() {
  flushes.forEach((each) => each());
}
process.on('exit', flush);

/** The members of `awslambda`, which handlers with a streamed response use. The response is sent when it is complete. */
const STREAMED = Symbol('streamed');
globalThis.awslambda = {
  streamifyResponse: (run) => Object.assign(run, { [STREAMED]: true }),
  HttpResponseStream: {
    from: (stream, metadata) => {
      stream.metadata = metadata;
      return stream;
    },
  },
};

async function streamed(event, context) {
  const { PassThrough } = await import('node:stream');
  const stream = new PassThrough();
  stream.setContentType = (type) =>
    (stream.metadata = {
      ...stream.metadata,
      headers: { ...stream.metadata?.headers, 'content-type': type },
    });
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject));
  await handler(event, stream, context);
  await ended;
  const body = Buffer.concat(chunks);
  return {
    statusCode: 200,
    ...stream.metadata,
    body: body.toString('base64'),
    isBase64Encoded: true,
  };
}

function called(event, context) {
  if (handler[STREAMED] === true) {
    return streamed(event, context);
  }
  if (handler.length < 3) {
    return handler(event, context);
  }
  return new Promise((resolve, reject) => {
    const back = (error, result) => (error ? reject(error) : resolve(result));
    const result = handler(event, context, back);
    if (typeof result?.then === 'function') {
      result.then(resolve, reject);
    }
  });
}

function contextOf({
  functionName,
  functionArn,
  version,
  requestId,
  memoryMb,
  logGroup,
  deadline,
}) {
  return {
    functionName,
    functionVersion: version,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: requestId,
    logGroupName: logGroup,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

/** A module without that handler may be one whose default export has `fetch`, as on Lambda. */
async function handlerOf(module, name, web) {
  const found = module[name] ?? module.default?.[name];
  if (found === undefined && name === 'handler' && web !== undefined && 'default' in module) {
    const { webHandler } = await import(pathToFileURL(web.file).href);
    return webHandler(module.default, { stream: web.stream });
  }
  return found;
}

async function load({ file, handler: name, web }) {
  const started = performance.now();
  try {
    const module = await import(pathToFileURL(file).href);
    handler = await handlerOf(module, name, web);
    if (typeof handler !== 'function') {
      throw Object.assign(new Error(`the entry exports no function \`${name}\``), {
        name: 'Runtime.HandlerNotFound',
      });
    }
    tell({ type: 'loaded', initMs: performance.now() - started });
  } catch (error) {
    tell({ type: 'loaded', initMs: performance.now() - started, error: described(error) });
  }
}

async function run(request) {
  current = request;
  if (request.traceId) {
    process.env._X_AMZN_TRACE_ID = request.traceId;
  }
  const done = (outcome) => {
    flush();
    current = undefined;
    tell({
      type: 'done',
      requestId: request.requestId,
      memoryMb: Math.ceil(process.memoryUsage.rss() / 1024 / 1024),
      ...outcome,
    });
  };
  try {
    const result = await called(request.event, contextOf(request));
    const text = JSON.stringify(result) ?? 'null';
    const size = Buffer.byteLength(text);
    if (size > MAX_RESULT_BYTES) {
      throw Object.assign(
        new Error(
          `Response payload size (${size} bytes) exceeded maximum allowed payload size (6291556 bytes).`,
        ),
        {
          name: 'Function.ResponseSizeTooLarge',
        },
      );
    }
    done({ result: text });
  } catch (error) {
    logAt('ERROR', error instanceof Error ? [error] : ['Invoke Error', error]);
    done({ error: described(error) });
  }
}

function fatal(kind, error) {
  logAt('ERROR', [error instanceof Error ? error : new Error(String(error))]);
  flush();
  tell({
    type: 'done',
    requestId: current?.requestId,
    ended: true,
    error: { ...described(error), errorType: kind },
  });
  setTimeout(() => process.exit(1), 50);
}

process.on('uncaughtException', (error) => fatal('Runtime.UncaughtException', error));
process.on('unhandledRejection', (error) => fatal('Runtime.UnhandledPromiseRejection', error));
process.on('disconnect', () => process.exit(0));
['SIGINT', 'SIGHUP'].forEach((signal) => process.on(signal, () => undefined)); // The parent ends this process.

process.on('message', (message) => {
  switch (message.type) {
    case 'preload':
      void Promise.allSettled(message.modules.map((name) => import(name))).then(() =>
        tell({ type: 'preloaded' }),
      );
      break;
    case 'load':
      void load(message);
      break;
    default:
      void run(message);
  }
});
// Uses a timer before any handler does; otherwise the process would end while a handler waits only for a timer.
clearTimeout(setTimeout(() => undefined, 0));
