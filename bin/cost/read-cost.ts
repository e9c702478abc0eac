import { costQueries } from '../metrics/app-metrics';
import type { MetricData } from '../metrics/metric-reader';
import type { OpenApp } from '../open-app';
import { earlier, later, monthBegin, RealCost, realCost, wholeHour } from './real-cost';
import type { Span } from './span';

export interface ReadCost {
  readonly cost: RealCost;
  readonly data: MetricData;
  readonly span: Span;
}

/** Queries CloudWatch and calculates the cost. */
export async function readCost({ app, cloud }: OpenApp, since: Date, now: Date): Promise<ReadCost> {
  const { model, stack, region } = app;
  const existsSince = stack.createdAt ?? new Date(0);
  const span = { from: later(wholeHour(since), wholeHour(existsSince)), to: now };
  const begin = earlier(span.from, monthBegin(now));
  const reader = await cloud.metrics();
  const data = await reader.read(costQueries(model), begin, now);
  return { cost: realCost(model, region, data, span, existsSince), data, span };
}
