import type { AppModel, TriggerModel } from '../model/app-model';
import { DEFAULT_CONNECTION_MINUTES } from '../model/defaults';
import { formatValue } from '../model/format-value';
import { resolvedNumber } from '../model/resolved';
import { isSocketEvent, partOf, SAMPLE_REGION, SAMPLE_TIME } from './event-values';
import { GB, logItems } from './log-items';
import type { KindBillItem, TriggerKind, TriggerLoad } from './trigger-kind';

/** API Gateway's own routes: a client connects, has disconnected, or sends a message that matches no other route. */
export const CONNECT = '$connect';
export const DISCONNECT = '$disconnect';
export const DEFAULT_ROUTE = '$default';

/** The kind of access to the connections of a WebSocket API. */
export const CONNECTIONS = 'webSocketConnections';

/** A message is billed for each 32 KB: https://aws.amazon.com/api-gateway/pricing/ */
const BILLED_BYTES = 32 * 1024;

/** The size of an entry in the access log, in the app's own format. */
const ACCESS_LOG_BYTES = 500;

const MINUTES_A_HOUR = 60;
const HOUR = MINUTES_A_HOUR * 60 * 1000;

/**
 * Connections and messages of the app's WebSocket API. The source is the route's key: `$connect`, `$disconnect`, `$default`, or a name
 * that messages carry; `details` are `authorization` and `open` (of `$connect`), `returnsResponse`, `rateLimit`, `burstLimit` and `monthlyEvents`.
 */
export const WEB_SOCKET_KIND: TriggerKind = {
  kind: 'webSocket',
  localDifference: () =>
    'have WebSocket connections, which never end by themselves; clients get every `body` that a handler returns, and functions reach ' +
    'clients at WEB_SOCKET_ENDPOINT, not at the `domainName` in the event',
  invocation: 'synchronous',
  describe: ({ source }) => `socket ${formatValue(source)}`,
  drawing: { icon: 'request', together: 'socket routes' },
  monthlyEvents: { low: 10_000, moderate: 100_000, high: 1_000_000 },
  durationMs: 100,
  billItems: (load, model) => [...messageItems(load, model), ...logged(load, model)],
  failsTo: ({ source }) => ({ to: source === DISCONNECT ? 'nobody' : 'caller' }),
  caller: {
    name: 'a WebSocket API',
    waitsSeconds: 29,
    documentation:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
    throttleOf: ({ details }) => ({
      rateLimit: resolvedNumber(details['rateLimit']),
      burstLimit: resolvedNumber(details['burstLimit']),
    }),
    throttleOfApi: ({ webSocket }) => webSocket,
    opensConnection: ({ source }) => source === CONNECT,
    isOpen: ({ source, details }) => source === CONNECT && details['authorization'] === 'NONE',
    isOpenByDefault: ({ details }) => details['open'] === true,
  },
  sampleEvent: ({ source }) => socketEvent(formatValue(source)),
  recognizes: isSocketEvent,
  fits: (event, { source }) => partOf(event, 'requestContext', 'routeKey') === source,
};

/** What a WebSocket API bills for connections that last as long as the app specifies. Connecting does not count as a message. */
export function connectionItem(connections: number, { webSocket }: AppModel): KindBillItem {
  const minutes = resolvedNumber(webSocket?.connectionMinutes) ?? DEFAULT_CONNECTION_MINUTES;
  return {
    price: 'apiGateway.webSocketMinutes',
    resource: webSocket?.id,
    quantity: connections * minutes,
  };
}

/** What messages of this size cost, to or from clients. */
export function messageItem(
  messages: number,
  bytes: number,
  { webSocket }: AppModel,
): KindBillItem {
  return {
    price: 'apiGateway.webSocketMessages',
    resource: webSocket?.id,
    quantity: messages * Math.max(1, Math.ceil(bytes / BILLED_BYTES)),
  };
}

/** What messages to clients cost in addition: data transfer. */
export function outItem(messages: number, bytes: number, { webSocket }: AppModel): KindBillItem {
  return { price: 'dataTransfer.out', resource: webSocket?.id, quantity: (messages * bytes) / GB };
}

function messageItems(
  { trigger, events, itemBytes, responseBytes }: TriggerLoad,
  model: AppModel,
): KindBillItem[] {
  if (trigger.source === CONNECT) {
    return [connectionItem(events, model)];
  }
  return trigger.source === DISCONNECT
    ? []
    : [
        messageItem(events, itemBytes, model),
        ...(trigger.details['returnsResponse'] === true
          ? [messageItem(events, responseBytes, model), outItem(events, responseBytes, model)]
          : []),
      ];
}

function logged({ events }: TriggerLoad, { webSocket }: AppModel): KindBillItem[] {
  const accessLog = webSocket?.accessLog;
  return accessLog === undefined ? [] : logItems(accessLog, events * ACCESS_LOG_BYTES);
}

/** Whether the trigger is the route `$connect`. */
export function isConnect({ kind, source }: TriggerModel): boolean {
  return kind === WEB_SOCKET_KIND.kind && source === CONNECT;
}

const EVENT_TYPES: Readonly<Record<string, string>> = {
  [CONNECT]: 'CONNECT',
  [DISCONNECT]: 'DISCONNECT',
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-integrations.html */
function socketEvent(routeKey: string): object {
  const eventType = EVENT_TYPES[routeKey] ?? 'MESSAGE';
  const time = Date.parse(SAMPLE_TIME);
  return {
    ...(eventType === 'CONNECT'
      ? { headers: { Host: 'localhost' }, queryStringParameters: {} }
      : {}),
    requestContext: {
      routeKey,
      eventType,
      ...(eventType === 'MESSAGE' ? { messageId: 'sample-message' } : {}),
      ...(eventType === 'DISCONNECT' ? { disconnectStatusCode: 1000, disconnectReason: '' } : {}),
      messageDirection: 'IN',
      connectionId: 'sample-connection',
      connectedAt: time - (eventType === 'CONNECT' ? 0 : HOUR),
      requestTime: SAMPLE_TIME,
      requestTimeEpoch: time,
      requestId: 'sample-request',
      extendedRequestId: 'sample-request',
      apiId: 'sample',
      domainName: `sample.execute-api.${SAMPLE_REGION}.amazonaws.com`,
      stage: 'live',
      identity: { sourceIp: '127.0.0.1', userAgent: 'serverless-app' },
    },
    ...(eventType === 'MESSAGE' ? { body: JSON.stringify({ action: routeKey }) } : {}),
    isBase64Encoded: false,
  };
}
