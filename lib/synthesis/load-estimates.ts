/** The code that estimates an app's cost: synthesis needs it once, and an import of the library never. */
export function appEstimates(): typeof import('./app-estimates') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the library
  return require('./app-estimates') as typeof import('./app-estimates');
}
