/** The code that estimates an app's cost. Only synthesis needs it, and only once; an import of the library does not. */
export function appEstimates(): typeof import('./app-estimates') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the library
  return require('./app-estimates') as typeof import('./app-estimates');
}
