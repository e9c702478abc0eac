import { Lazy } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { ILogGroupRef } from 'aws-cdk-lib/aws-logs';
import { PropCheck } from '../../lib/props/prop-check';
import { HttpOptions } from '../../lib/http/http-options';
import { HTTP_TRIGGER_PROPS } from '../../lib/trigger/http/http-trigger';
import { HTTP_PROPS } from '../../lib/http/http-prop-set';
import { checkProps } from '../../lib/props/check-props';
import { checkHttpOptions } from '../../lib/http/http-rules';

const check = new PropCheck('Test/App', 'http');
const text = Lazy.string({ produce: () => '/' });
const number = Lazy.number({ produce: () => -1 });
const checking = (options: HttpOptions) => (): void => {
  checkHttpOptions(options, check);
};
const domain = (path: string): HttpOptions['domain'] =>
  ({ path }) as NonNullable<HttpOptions['domain']>;
const api = {} as apigateway.HttpApi;
const logs = {} as ILogGroupRef & NonNullable<HttpOptions['accessLogGroup']>;

test.each<[string, HttpOptions]>([
  ['nothing', {}],
  ['a path that is a token', { domain: domain(text) }],
  ['a path', { domain: domain('v1') }],
  ['a path of two parts', { domain: domain('orders/v1') }],
  ['a domain without path', { domain: {} as NonNullable<HttpOptions['domain']> }],
  ['no stage of its own', { apiOptions: { createDefaultStage: false }, cors: {} }],
  ['a stage of its own', { apiOptions: { createDefaultStage: true }, accessLog: false }],
  ['an API of the user’s', { api }],
  ['an API of the user’s and an authorizer', { api, authorizer: {} as never }],
])('accepts %s', (_name, options) => {
  expect(checking(options)).not.toThrow();
});

const RATE = '`http.throttle.rateLimit` must be a number from 0 to 1000000 requests a second, got';
const PATH = '`http.domain.path` must not begin or end with `/`, got';

test.each<[string, HttpOptions, string]>([
  ['a path that begins with a slash', { domain: domain('/v1') }, `${PATH} "/v1": write, for`],
  ['a path that ends with one', { domain: domain('v1/') }, `${PATH} "v1/": write, for example,`],
  ['an empty path', { domain: domain('') }, `${PATH} "": write, for example, \`v1\``],
])('fails for %s', (_name, options, message) => {
  expect(checking(options)).toThrow(message);
});

test.each<[string, HttpOptions, string]>([
  ['less than none', { throttle: { rateLimit: -0.1 } }, `${RATE} -0.1: give a value inside`],
  ['more than a million', { throttle: { rateLimit: 1_000_001 } }, `${RATE} 1000001: give a value`],
  ['no number', { throttle: { rateLimit: Number.NaN } }, `${RATE} NaN: give a value inside`],
  [
    'half a request at once',
    { throttle: { burstLimit: 0.5 } },
    '`http.throttle.burstLimit` must be a whole number from 0 to 1000000 requests, got 0.5',
  ],
  ['more than a million at once', { throttle: { burstLimit: 1_000_001 } }, 'got 1000001'],
  ['less than none at once', { throttle: { burstLimit: -1 } }, 'got -1'],
])('the declaration fails for %s', (_name, options, message) => {
  expect(() => {
    checkProps(options, HTTP_PROPS, check);
  }).toThrow(message);
});

test.each<[string, HttpOptions]>([
  ['no requests', { throttle: { rateLimit: 0, burstLimit: 0 } }],
  ['half a request a second', { throttle: { rateLimit: 0.5 } }],
  ['a million', { throttle: { rateLimit: 1_000_000, burstLimit: 1_000_000 } }],
  ['tokens', { throttle: { rateLimit: number, burstLimit: number } }],
])('the declaration accepts %s', (_name, options) => {
  expect(() => {
    checkProps(options, HTTP_PROPS, check);
  }).not.toThrow();
});

test('errors about a route’s throttle have the path of the route', () => {
  expect(() => {
    checkProps(
      { throttle: { rateLimit: -1 } },
      HTTP_TRIGGER_PROPS,
      new PropCheck('Test/App', 'functions.Get'),
    );
  }).toThrow('Test/App: `functions.Get.throttle.rateLimit` must be a number from 0');
});

test.each<[keyof HttpOptions, HttpOptions]>([
  ['throttle', { throttle: {} }],
  ['accessLog', { accessLog: false }],
  ['accessLogGroup', { accessLogGroup: logs }],
  ['accessLogFormat', { accessLogFormat: {} as never }],
  ['domain', { domain: domain('v1') }],
])('fails for `%s` if no stage is created, and if the API is the user’s', (prop, options) => {
  expect(checking({ ...options, apiOptions: { createDefaultStage: false } })).toThrow(
    `Test/App: \`http.${prop}\` must not be combined with \`apiOptions.createDefaultStage: false\`, got both: set it on the stage that you create, or let the app create the stage`,
  );
  expect(checking({ ...options, api })).toThrow(
    `Test/App: \`http.${prop}\` must not be combined with \`http.api\`, which the app does not change, got both: set it where you create that API, or leave out \`http.api\``,
  );
});

test.each<[keyof HttpOptions, HttpOptions]>([
  ['apiOptions', { apiOptions: {} }],
  ['cors', { cors: { allowOrigins: ['*'] } }],
])('fails for `%s` if the API is the user’s', (prop, options) => {
  expect(checking({ ...options, api })).toThrow(`\`http.${prop}\` must not be combined with`);
});
