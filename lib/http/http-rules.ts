import { Token } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { PropCheck, unquoted } from '../props/prop-check';
import { HttpOptions } from './http-options';
import type { RouteOptions } from './route-options';

/** Checks the options of an API before anything is created. */
export function checkHttpOptions(options: HttpOptions, check: PropCheck): void {
  checkDomainChoice(options, check, 'http');
  checkPayloadFormat(options.payloadFormat, check, HTTP_PAYLOAD_FORMATS);
  if (options.apiOptions?.createDefaultStage === false) {
    refuseWithoutStage(options, check);
  }
  if (options.api !== undefined) {
    refuseWhatIsTheirs(options, check);
  }
}

/** Checks the paths at the domains, and that the API has one domain. */
export function checkDomainChoice(
  { domain, existingDomain }: Pick<HttpOptions, 'domain' | 'existingDomain'>,
  check: PropCheck,
  api: 'http' | 'rest',
): void {
  checkDomainPath(domain?.path, check.at('domain'));
  checkDomainPath(existingDomain?.path, check.at('existingDomain'));
  if (domain !== undefined && existingDomain !== undefined) {
    throw check.error(
      'existingDomain',
      `must not be combined with \`${api}.domain\`, which the app creates`,
      unquoted('both'),
      'leave out one of them',
    );
  }
}

function checkDomainPath(path: string | undefined, check: PropCheck): void {
  if (path !== undefined && !Token.isUnresolved(path) && /^\/|\/$|^$/.test(path)) {
    throw check.error('path', 'must not begin or end with `/`', path, 'write, for example, `v1`');
  }
}

/** These settings belong to a stage that the app does not create. Ignoring them silently would look like success. */
function refuseWithoutStage(options: HttpOptions, check: PropCheck): void {
  const { throttle, accessLog, accessLogGroup, accessLogFormat, domain, existingDomain } = options;
  const ofStage = { throttle, accessLog, accessLogGroup, accessLogFormat, domain, existingDomain };
  for (const [prop, value] of Object.entries(ofStage)) {
    if (value !== undefined) {
      throw check.error(
        prop,
        'must not be combined with `apiOptions.createDefaultStage: false`',
        unquoted('both'),
        'set it on the stage that you create, or let the app create the stage',
      );
    }
  }
}

/** The app cannot change these settings on the user's own API. Ignoring them silently would look like success. */
function refuseWhatIsTheirs(options: HttpOptions, check: PropCheck): void {
  const { apiOptions, cors, throttle, accessLog, accessLogGroup, accessLogFormat } = options;
  const { domain, existingDomain } = options;
  const ofApi = { apiOptions, cors, throttle, accessLog, accessLogGroup, accessLogFormat };
  const theirs = { ...ofApi, domain, existingDomain };
  for (const [prop, value] of Object.entries(theirs)) {
    if (value !== undefined) {
      throw check.error(
        prop,
        'must not be combined with `http.api`, which the app does not change',
        unquoted('both'),
        `set it where you create that API, or leave out \`http.api\``,
      );
    }
  }
}

/** Rejects a format that API Gateway does not have. */
export function checkPayloadFormat(
  format: apigateway.PayloadFormatVersion | undefined,
  check: PropCheck,
  versions: readonly string[],
): void {
  if (format !== undefined && !versions.includes(format.version)) {
    throw check.error(
      'payloadFormat',
      `must be ${versions.join(' or ')}`,
      format.version,
      versions.length > 1
        ? 'write `PayloadFormatVersion.VERSION_1_0` or `VERSION_2_0`'
        : 'leave it out, or use an HTTP API',
    );
  }
}

export const HTTP_PAYLOAD_FORMATS = ['1.0', '2.0'];

/** Rejects what only a REST API can do. Ignoring it silently would look like success. */
export function checkRouteOptions(options: RouteOptions, check: PropCheck): void {
  checkPayloadFormat(options.payloadFormat, check, HTTP_PAYLOAD_FORMATS);
  const { apiKeyRequired, validate, streaming, integrationTimeout, tenantId } = options;
  const ofRest = { apiKeyRequired, validate, streaming, integrationTimeout, tenantId };
  for (const [prop, value] of Object.entries(ofRest)) {
    if (value !== undefined && value !== false) {
      throw check.error(
        prop,
        'must be left out on an HTTP API, because only a REST API can do it',
        value,
        'give the app `rest: {}` instead of `http`, or leave it out',
      );
    }
  }
}
