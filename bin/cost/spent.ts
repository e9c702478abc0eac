import type { AppModel, FunctionModel } from '../../lib/model/app-model';
import type { AppEstimate } from '../../lib/cost/app-estimate';
import { FREE_STORAGE_MB } from '../../lib/cost/lambda-prices';
import { DEFAULT_MEMORY_MB } from '../../lib/model/defaults';
import { lambdaPrices } from '../../lib/cost/lambda-prices';
import { Price, PriceList, unitPrice } from '../../lib/cost/price-list';
import { standingConcurrency } from '../../lib/cost/standing-concurrency';
import { HOURS_A_MONTH } from '../../lib/schedule/month';
import { standingParts } from '../estimate/rows';
import { keyOf, pointsOf, total } from '../metrics/app-metrics';
import type { MetricData } from '../metrics/metric-reader';
import { billedTime } from './billed-time';
import type { Span } from './span';

/** One line of the cost of a period. */
export interface SpentPart {
  /** The id of the function, table and so on; absent for the app as a whole. */
  readonly resource?: string;
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
  readonly dollars: number;
}

/** Calculated from actual use, not from the estimate. */
const PROVISIONED = /^lambda\.(provisioned|duration|requests)/;
const MB_A_GB = 1024;
const GB = 1024 ** 3;
const HOUR_MS = 3_600_000;

/** The cost of a period: usage from CloudWatch, and the fixed costs. */
export function spentParts(
  model: AppModel,
  data: MetricData,
  prices: PriceList,
  estimate: AppEstimate,
  span: Span,
): SpentPart[] {
  const count = (what: string, id: string): number =>
    total(pointsOf(data, keyOf(what, id), span.from, span.to));
  const { http, webSocket, tables, logGroup, failureQueue } = model;
  const of = prices.prices;
  const billed = billedTime(model, data, span);
  const parts = [
    ...model.functions.flatMap((fn) =>
      functionParts(fn, prices, billed.functions.get(fn.id) ?? 0, (what) => count(what, fn.id)),
    ),
    ...billed.others.map(({ ms, memoryMb, architecture }) =>
      part(lambdaPrices(prices, architecture).duration, (ms / 1000) * (memoryMb / MB_A_GB)),
    ),
    ...(http === undefined
      ? []
      : [
          part(
            of[`apiGateway.${http.type === 'rest' ? 'rest' : 'http'}Requests`],
            count('requests', http.id),
            http.id,
          ),
        ]),
    ...(webSocket === undefined
      ? []
      : [
          part(
            of['apiGateway.webSocketMessages'],
            count('socketMessages', webSocket.id),
            webSocket.id,
          ),
        ]),
    ...tables.flatMap(({ id }) => [
      part(of['dynamodb.writes'], count('writes', id), id),
      part(of['dynamodb.reads'], count('reads', id), id),
    ]),
    ...(logGroup === undefined
      ? []
      : [part(of['cloudWatch.logsIngestion'], count('logBytes', logGroup.id) / GB, logGroup.id)]),
    ...(failureQueue === undefined
      ? []
      : [
          part(
            of['sqs.requests'],
            ['Sent', 'Received', 'Deleted'].reduce(
              (all, name) => all + count(`messages.NumberOfMessages${name}`, failureQueue.id),
              0,
            ),
            failureQueue.id,
          ),
        ]),
    ...model.functions.map((fn) => provisioned(fn, prices, span)),
    ...standing(estimate, span),
  ];
  return parts.filter(({ dollars }) => dollars > 0);
}

function functionParts(
  fn: FunctionModel,
  list: PriceList,
  billedMs: number,
  count: (what: string) => number,
): SpentPart[] {
  const { duration, provisionedDuration } = lambdaPrices(list, fn.architecture);
  const invocations = count('invocations');
  const seconds = billedMs / 1000;
  const gbSeconds = seconds * gigabytesOf(fn);
  // CloudWatch has no separate duration for provisioned environments, so theirs is taken to be the average.
  const ready = invocations === 0 ? 0 : Math.min(1, count('provisionedInvocations') / invocations);
  return [
    part(list.prices['lambda.requests'], invocations, fn.id),
    part(duration, gbSeconds * (1 - ready), fn.id),
    part(provisionedDuration, gbSeconds * ready, fn.id),
    part(list.prices['lambda.ephemeralStorage'], seconds * paidStorageGb(fn), fn.id),
  ];
}

/** Provisioned environments. CloudWatch does not say how many environments scaling added to the minimum. */
function provisioned(fn: FunctionModel, list: PriceList, { from, to }: Span): SpentPart {
  const price = lambdaPrices(list, fn.architecture).provisioned;
  const units = standingConcurrency(fn.coldStart)?.least ?? 0;
  const seconds = (to.getTime() - from.getTime()) / 1000;
  return part(price, units * gigabytesOf(fn) * seconds, fn.id);
}

function paidStorageGb({ ephemeralStorageMb: size }: FunctionModel): number {
  const known: unknown = size;
  return typeof known === 'number' ? Math.max(0, known - FREE_STORAGE_MB) / MB_A_GB : 0;
}

function gigabytesOf({ memoryMb }: { readonly memoryMb: unknown }): number {
  return (typeof memoryMb === 'number' ? memoryMb : DEFAULT_MEMORY_MB) / MB_A_GB;
}

/** The period's share of the fixed monthly costs. */
function standing(estimate: AppEstimate, { from, to }: Span): SpentPart[] {
  const share = (to.getTime() - from.getTime()) / HOUR_MS / HOURS_A_MONTH;
  const others = standingParts(estimate).filter(({ price }) => !PROVISIONED.test(price));
  return others.map(({ resource, service, what, quantity, unit, dollars }) => ({
    resource,
    what: `${service} ${what}`,
    quantity: quantity * share,
    unit,
    dollars: dollars * share,
  }));
}

function part(price: Price, quantity: number, resource?: string): SpentPart {
  return {
    resource,
    what: `${price.service} ${price.what}`,
    quantity,
    unit: price.unit,
    dollars: quantity * unitPrice(price),
  };
}

export function dollarsOf(parts: readonly SpentPart[]): number {
  return parts.reduce((all, { dollars }) => all + dollars, 0);
}
