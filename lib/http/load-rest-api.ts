/** The REST API. Only an app with one loads it, and AWS WAF with it. */
export function restApi(): typeof import('./rest/app-rest-api') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the library
  return require('./rest/app-rest-api') as typeof import('./rest/app-rest-api');
}
