/**
 * The report, for who asks for one: nobody else loads it, nor the page's script. The path is the same in the published package, where
 * it stands in a bundle of its own (`npm run build:report`) beside the library's one file.
 */
export function appReport(): typeof import('../report/report-html') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the library
  return require('../report/report-html') as typeof import('../report/report-html');
}
