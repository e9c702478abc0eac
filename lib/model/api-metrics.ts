import type { HttpModel } from './app-model';

/** The measurements that CloudWatch provides for an API. */
export type ApiMeasure = 'requests' | 'errors' | 'latency';

/** A CloudWatch metric. Its name differs between the two types of APIs. */
export interface ApiMetric {
  readonly name: string;
  readonly dimensions: { readonly [name: string]: string };
}

const NAMES = {
  requests: { http: 'Count', rest: 'Count' },
  errors: { http: '5xx', rest: '5XXError' },
  latency: { http: 'Latency', rest: 'Latency' },
} as const;

/**
 * The metric of an API. CloudWatch identifies an HTTP API by its id and a REST API by its name.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function apiMetric(
  { type, name }: Pick<HttpModel, 'type' | 'name'>,
  measure: ApiMeasure,
): ApiMetric {
  return type === 'rest'
    ? { name: NAMES[measure].rest, dimensions: { ApiName: name } }
    : { name: NAMES[measure].http, dimensions: { ApiId: name } };
}
