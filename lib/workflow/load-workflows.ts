/** The construct of a workflow. Only an app with one loads it. */
export function workflows(): typeof import('./app-workflow') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the library
  return require('./app-workflow') as typeof import('./app-workflow');
}
