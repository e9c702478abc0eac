/** The construct of a site. Only an app with one loads it, and CloudFront with it. */
export function sites(): typeof import('./add-site') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the library
  return require('./add-site') as typeof import('./add-site');
}
