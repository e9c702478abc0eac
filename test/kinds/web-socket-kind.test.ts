import { estimateOf } from '../../lib/cost/estimate';
import { CONNECTIONS, WEB_SOCKET_KIND } from '../../lib/kinds/web-socket-kind';
import { triggerOfEvent } from '../../lib/kinds/trigger-kinds';
import type { AppModel, FunctionModel, WebSocketModel } from '../../lib/model/app-model';
import { failureTargets, describeFailures } from '../../lib/report/describe-function';
import { loadOptions } from '../../lib/scaling/load-of-function';
import { simulateLoad } from '../../lib/scaling/simulate-load';
import { appModel, functionModel, http, socketRoute, touches } from '../support/app-model';

const API: WebSocketModel = {
  id: 'WebSocketApi',
  path: 'Test/App/WebSocketApi',
  name: 'abc',
  made: true,
  rateLimit: 1000,
  burstLimit: 2000,
};

function modelOf(parts: Partial<FunctionModel>, api: Partial<WebSocketModel> = {}): AppModel {
  return appModel({ functions: [functionModel('F', parts)], webSocket: { ...API, ...api } });
}

/** The quantities of a price at the moderate level. */
function billed(model: AppModel, price: string): number {
  return estimateOf(model)
    .levels.moderate.parts.filter((part) => part.price === price)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

const MESSAGES = 'apiGateway.webSocketMessages';
const MINUTES = 'apiGateway.webSocketMinutes';
const OUT = 'dataTransfer.out';
const GB = 1024 ** 3;

describe('the cost of a WebSocket API', () => {
  test('is the time that connections last, and not that they begin or end', () => {
    const model = modelOf({ triggers: [socketRoute('$connect'), socketRoute('$disconnect')] });

    expect(billed(model, MINUTES)).toBe(100_000 * 10);
    expect(billed(model, MESSAGES)).toBe(0);
  });

  test('follows from what the app says of connections', () => {
    const model = modelOf({ triggers: [socketRoute('$connect')] }, { connectionMinutes: 120 });

    expect(billed(model, MINUTES)).toBe(100_000 * 120);
  });

  test('counts connections that no function of the app sees', () => {
    expect(billed(modelOf({ triggers: [socketRoute('send')] }), MINUTES)).toBe(100_000 * 10);
  });

  test.each([
    [1024, 1],
    [32 * 1024, 1],
    [32 * 1024 + 1, 2],
    [128 * 1024, 4],
  ])('of a message of %i bytes is that of %i messages', (itemBytes, units) => {
    const model = modelOf({ triggers: [socketRoute('send')], usage: { itemBytes } });

    expect(billed(model, MESSAGES)).toBe(100_000 * units);
    expect(billed(model, OUT)).toBe(0);
  });

  test('includes the answers that are asked for', () => {
    const model = modelOf({ triggers: [socketRoute('ask', { returnsResponse: true })] });

    expect(billed(model, MESSAGES)).toBe(200_000);
    expect(billed(model, OUT)).toBeCloseTo((100_000 * 4096) / GB, 9);
  });

  test('includes what functions send to clients', () => {
    const model = modelOf({
      triggers: [http('POST /news')],
      access: [touches(CONNECTIONS, 'WebSocketApi', 'send')],
      usage: { writesPerEvent: 50 },
    });

    expect(billed(model, MESSAGES)).toBe(50_000_000);
    expect(billed(model, OUT)).toBeCloseTo((50_000_000 * 1024) / GB + (1_000_000 * 4096) / GB, 6);
  });

  test('does not list what is counted as left out', () => {
    const model = modelOf({
      triggers: [socketRoute('send')],
      access: [touches(CONNECTIONS, 'WebSocketApi', 'send')],
    });

    expect(estimateOf(model).notIncluded.join()).not.toContain('web socket connections');
  });

  test('has these prices', () => {
    const { parts } = estimateOf(
      modelOf({ triggers: [socketRoute('$connect'), socketRoute('send')] }),
    ).levels.high;
    const dollars = (price: string): number | undefined =>
      parts.find((part) => part.price === price)?.dollars;

    expect(dollars(MESSAGES)).toBe(1);
    expect(dollars(MINUTES)).toBe(2.5);
  });
});

describe('an event that fails', () => {
  test.each([
    ['$connect', 'the caller gets the error'],
    ['send', 'the caller gets the error'],
    ['$disconnect', 'lost: nobody waits, and it is not tried again'],
  ])('of %s: %s', (route, text) => {
    const model = modelOf({ triggers: [socketRoute(route)] });
    const [fn] = model.functions;

    expect(fn && failureTargets(model, fn)).toHaveLength(1);
    expect(fn && describeFailures(model, fn)).toBe(text);
  });
});

describe('an event', () => {
  const routes = ['$connect', '$disconnect', 'send'].map((route) => socketRoute(route));

  test.each(routes.map((route) => [route.source, route]))('of %s finds its trigger', (_, route) => {
    expect(triggerOfEvent(routes, WEB_SOCKET_KIND.sampleEvent(route))).toBe(route);
  });

  test('of a request is none of them', () => {
    const request = http('GET /');
    const event = { version: '2.0', routeKey: 'GET /', requestContext: { routeKey: 'GET /' } };

    expect(triggerOfEvent([...routes, request], event)).toBe(request);
  });
});

describe('what load does', () => {
  test('new connections reach their own quota before the throttle', () => {
    const model = modelOf({ triggers: [socketRoute('$connect')] });
    const options = loadOptions(model, 'F');

    expect(options).toMatchObject({ opensConnections: true, rateLimit: 1000, burstLimit: 2000 });
    expect(simulateLoad(400, 10, options).limits).toEqual([]);
    expect(simulateLoad(900, 10, options).limits[0]).toMatchObject({
      limit: 500,
      unit: 'connections a second',
      callerSees: '429 Too Many Requests',
    });
  });

  test.each([
    ['messages', [socketRoute('send')]],
    ['connections and messages', [socketRoute('$connect'), socketRoute('send')]],
  ])('%s have no such quota', (_what, triggers) => {
    const options = loadOptions(modelOf({ triggers }), 'F');

    expect(options).not.toHaveProperty('opensConnections');
    expect(simulateLoad(900, 10, options).limits).toEqual([]);
  });

  test('messages meet the throttle of their API, not that of the HTTP API', () => {
    const model = appModel({
      functions: [functionModel('F', { triggers: [socketRoute('send')] })],
      webSocket: { ...API, rateLimit: 5, burstLimit: 10 },
      http: { ...API, rateLimit: 1, burstLimit: 1 },
    });

    expect(loadOptions(model, 'F')).toMatchObject({ rateLimit: 5, burstLimit: 10 });
  });
});
