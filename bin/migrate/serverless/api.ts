import type { ApiModel, EventModel, FunctionModel, Note } from '../model';
import { flagOf, isMap, listOf, mapOf, numberOf, STAGE, textOf, Value, ValueMap } from '../value';
import { corsOf } from './cors';
import { domainOf } from './domain';

export function apiOf(
  provider: ValueMap,
  document: ValueMap,
  functions: readonly FunctionModel[],
  given: Value,
  note: (note: Note) => void,
): ApiModel {
  const raw = listOf(given)
    .flatMap((one) => Object.values(mapOf(one)).map(mapOf))
    .flatMap((one) => listOf(one.events).map(mapOf));
  const rest = raw.filter((event) => 'http' in event);
  const http = raw.filter((event) => 'httpApi' in event);
  const hasRoutes = functions.some(({ events }) =>
    events.some((event: EventModel) => event.kind === 'http'),
  );
  if (!hasRoutes) {
    return { kind: 'none', accessLog: false };
  }
  if (rest.length > 0 && http.length > 0) {
    note({
      kind: 'differs',
      at: 'functions',
      text: 'the definition has a REST API and an HTTP API; an app has one API, so all routes are in the REST API, which sends events of version 1.0. Divide it into two apps if handlers depend on version 2.0',
    });
  }
  const isRest = rest.length > 0;
  const gateway = mapOf(provider.apiGateway);
  const httpApi = mapOf(provider.httpApi);
  const corsValues = rest
    .map((event) => mapOf(event.http).cors)
    .filter((cors) => cors !== undefined && cors !== false);
  if (new Set(corsValues.map((one) => JSON.stringify(one))).size > 1) {
    note({
      kind: 'differs',
      at: 'functions',
      text: 'routes have different CORS settings; the API uses those of the first route',
    });
  }
  const plan = mapOf(gateway.usagePlan ?? provider.usagePlan);
  if (plan.quota !== undefined) {
    note({
      kind: 'lost',
      at: 'provider.apiGateway.usagePlan.quota',
      text: 'write `quota` in `rest.usagePlans`',
    });
  }
  const restLogs = mapOf(provider.logs).restApi;
  const httpLogs = mapOf(provider.logs).httpApi;
  const tracing = mapOf(provider.tracing).apiGateway;
  return {
    kind: isRest ? 'rest' : 'http',
    stageName: isRest ? (provider.apiGatewayStage ?? STAGE) : undefined,
    cors: corsOf(isRest ? corsValues[0] : httpApi.cors),
    accessLog: Boolean(isRest ? restLogs : httpLogs),
    apiKeys: keysOf(gateway.apiKeys ?? provider.apiKeys),
    throttle: throttleOf(plan.throttle),
    binaryMediaTypes:
      gateway.binaryMediaTypes === undefined ? undefined : listOf(gateway.binaryMediaTypes),
    endpointType: textOf(provider.endpointType)?.toUpperCase() ?? (isRest ? 'EDGE' : undefined),
    timeout: numberOf(httpApi.timeout),
    tracing: flagOf(tracing) === true ? true : undefined,
    payload1: textOf(httpApi.payload) === '1.0' ? true : undefined,
    domain: domainOf(document, note),
  };
}

function keysOf(value: Value): readonly Value[] | undefined {
  const keys = listOf(value).map((one) => (isMap(one) ? (one.name ?? Object.keys(one)[0]) : one));
  return keys.length === 0 ? undefined : keys;
}

function throttleOf(value: Value): ApiModel['throttle'] {
  const given = mapOf(value);
  return value === undefined ? undefined : { rate: given.rateLimit, burst: given.burstLimit };
}
