import { HTTP_KIND } from '../kinds/http-kind';
import { AppModel, ForwardModel } from '../model/app-model';
import { HOURS_A_MONTH } from '../schedule/month';
import { LevelName } from './app-estimate';
import { BillItem } from './bill';
import { FunctionLoad } from './events';
import { isPriceId, PriceId } from './price-list';
import { amountsOf } from './usage-defaults';

/** What a service bills for a request that a REST API passes to it. */
const SERVICE_PRICES: Readonly<Record<ForwardModel['kind'], PriceId | undefined>> = {
  queue: 'sqs.requests',
  eventBus: 'eventBridge.events',
  stateMachine: undefined, // the cost of an execution depends on its state machine
};

function priceOf({ kind, fifo }: ForwardModel): PriceId | undefined {
  return kind === 'queue' && fifo === true ? 'sqs.fifoRequests' : SERVICE_PRICES[kind];
}

/** What an API costs in addition to the requests to functions: requests to services, the cache, and the web ACL. */
export function apiItems(
  { http }: AppModel,
  loads: readonly FunctionLoad[],
  level: LevelName,
): BillItem[] {
  if (http === undefined) {
    return [];
  }
  const resource = http.id;
  const forwards = (http.forwards ?? []).map((forward) => ({
    forward,
    requests: amountsOf(forward.details.monthlyEvents, HTTP_KIND.monthlyEvents)[level],
  }));
  const received = new Set(
    loads.flatMap(({ triggers }) => triggers).map(({ trigger }) => trigger.source),
  );
  const forwarded = forwards.reduce((sum, { requests }) => sum + requests, 0);
  const served = servedRequests(loads);
  const item = (price: PriceId, quantity: number): BillItem => ({ price, resource, quantity });
  const cache = `apiGateway.cache${String(http.cacheGb).replace('.', '_')}`;
  return [
    item(http.type === 'rest' ? 'apiGateway.restRequests' : 'apiGateway.httpRequests', forwarded),
    ...forwards.flatMap(({ forward, requests }) => {
      const price = priceOf(forward);
      // If the queue has a trigger, the items of the trigger include sending.
      const counted = forward.kind === 'queue' && received.has(forward.path);
      return price === undefined || counted ? [] : [item(price, requests)];
    }),
    ...(isPriceId(cache) ? [item(cache, HOURS_A_MONTH)] : []),
    ...(http.webAcl === undefined ? [] : [item('waf.requests', served + forwarded)]),
    ...(http.webAcl === 'made' ? [item('waf.webAcls', 1), item('waf.rules', 1)] : []),
  ];
}

/** The requests to the API in a month: those to functions, and those to services. */
export function apiRequests(
  { http }: AppModel,
  loads: readonly FunctionLoad[],
  level: LevelName,
): number {
  const forwarded = (http?.forwards ?? []).map(
    ({ details: { monthlyEvents } }) => amountsOf(monthlyEvents, HTTP_KIND.monthlyEvents)[level],
  );
  return forwarded.reduce((sum, requests) => sum + requests, servedRequests(loads));
}

function servedRequests(loads: readonly FunctionLoad[]): number {
  return loads
    .flatMap(({ triggers }) => triggers)
    .filter(({ trigger }) => trigger.kind === HTTP_KIND.kind)
    .reduce((sum, { events }) => sum + events, 0);
}
