/** The bundler and its cache: only an app with entries needs them, so an import of the library does not load them. */
export function assetBuilder(): typeof import('./build-assets') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load them with the library
  return require('./build-assets') as typeof import('./build-assets');
}
