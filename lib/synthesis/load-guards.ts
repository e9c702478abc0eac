/** The guards and the collection of their input. Only synthesis needs them, and only once; an import of the library does not. */
export function appGuards(): typeof import('./app-guards') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load them with the library
  return require('./app-guards') as typeof import('./app-guards');
}
