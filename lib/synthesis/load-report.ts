/**
 * The report. Only an app with a report loads it and the page's script. The path is the same in the published package, where the report is
 * a separate bundle (`npm run build:report`) next to the library's single file.
 */
export function appReport(): typeof import('../report/report-html') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the library
  return require('../report/report-html') as typeof import('../report/report-html');
}
