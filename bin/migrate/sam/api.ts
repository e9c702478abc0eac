import type { ApiModel, FunctionModel, Note } from '../model';
import { flagOf, isMap, listOf, mapOf, textOf, ValueMap } from '../value';
import { API_KEYS, noteUnknownKeys } from '../read/unknown-keys';
import { corsOf } from './cors';

export function apiOf(
  functions: readonly FunctionModel[],
  all: ReadonlyArray<readonly [string, ValueMap]>,
  apis: Readonly<Record<string, ValueMap>>,
  globals: ValueMap,
  note: (note: Note) => void,
): ApiModel {
  const events = all.flatMap(([, one]) =>
    Object.values(mapOf(mapOf(one.Properties).Events)).map(mapOf),
  );
  const isRest = events.some(({ Type }) => Type === 'Api');
  const isHttp = events.some(({ Type }) => Type === 'HttpApi');
  const logicalIds = Object.keys(apis);
  if (!functions.some((fn) => fn.events.some(({ kind }) => kind === 'http'))) {
    return { kind: 'none', accessLog: false };
  }
  if ((isRest && isHttp) || logicalIds.length > 1) {
    note({
      kind: 'differs',
      at: 'Resources',
      text: 'the template has several APIs; an app has one, so all routes are in it',
    });
  }
  const [id = ''] = logicalIds;
  const given = apis[id] ?? mapOf(globals[isRest ? 'Api' : 'HttpApi']);
  const domain = mapOf(given.Domain);
  if (given.DefinitionBody !== undefined || given.DefinitionUri !== undefined) {
    note({
      kind: 'lost',
      at: `Resources.${id}`,
      text: 'the OpenAPI definition of the API is not carried over: the app has the routes of the functions’ events',
    });
  }
  noteUnknownKeys(given, API_KEYS, id === '' ? 'Globals.Api' : `Resources.${id}`, note);
  for (const key of ['UsagePlan', 'ResourcePolicy']) {
    if (mapOf(given.Auth)[key] !== undefined) {
      note({
        kind: 'lost',
        at: `Resources.${id}.Auth.${key}`,
        text:
          key === 'UsagePlan' ? 'write it in `rest.usagePlans`' : 'write it as `rest: { policy }`',
      });
    }
  }
  const limits = isRest
    ? listOf(given.MethodSettings)
        .map(mapOf)
        .find(({ ResourcePath, HttpMethod }) => ResourcePath === '/*' && HttpMethod === '*')
    : mapOf(given.DefaultRouteSettings);
  return {
    kind: isRest ? 'rest' : 'http',
    logicalIds,
    throttle: { rate: limits?.ThrottlingRateLimit, burst: limits?.ThrottlingBurstLimit },
    stageName: isRest ? (given.StageName ?? 'Prod') : undefined,
    cors: corsOf(given.Cors ?? given.CorsConfiguration),
    accessLog: given.AccessLogSetting !== undefined || given.AccessLogSettings !== undefined,
    endpointType:
      textOf(
        isMap(given.EndpointConfiguration)
          ? given.EndpointConfiguration.Type
          : given.EndpointConfiguration,
      ) ?? (isRest ? 'EDGE' : undefined),
    binaryMediaTypes:
      given.BinaryMediaTypes === undefined
        ? undefined
        : listOf(given.BinaryMediaTypes).map((one) => textOf(one)?.replaceAll('~1', '/')),
    tracing: flagOf(given.TracingEnabled) === true ? true : undefined,
    payload1: functions.some((fn) =>
      fn.events.some((event) => event.kind === 'http' && event.payload1 === true),
    )
      ? true
      : undefined,
    domain:
      domain.DomainName === undefined
        ? undefined
        : { name: domain.DomainName, path: textOf(listOf(domain.BasePath)[0])?.replace(/^\//, '') },
  };
}
