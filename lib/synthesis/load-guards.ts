/** The guards and what collects their input: a synthesis needs them once, and whoever imports the library never. */
export function appGuards(): typeof import('./app-guards') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load them with the library
  return require('./app-guards') as typeof import('./app-guards');
}
