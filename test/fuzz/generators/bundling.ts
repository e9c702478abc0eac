import * as fc from 'fast-check';
import { FLAGS, NAME, options, rarely } from '../support/values';

export const BUNDLING = options({
  cache: FLAGS,
  copyFiles: fc.array(
    options(
      { destination: rarely(fc.constantFrom('a', 'a/b', '.'), '../x', '/x', 'a\\b', '') },
      { source: rarely(fc.constantFrom('ok.ts', 'nowhere'), '.', '') },
    ),
    { maxLength: 2 },
  ),
  define: fc.dictionary(NAME, NAME, { maxKeys: 2 }),
  externalModules: fc.array(NAME, { maxLength: 2 }),
  format: rarely(fc.constantFrom('ESM', 'CJS'), 'UMD'),
  installScripts: FLAGS,
  loader: fc.dictionary(
    rarely(fc.constantFrom('.html', '.bin'), 'html', '__proto__') as fc.Arbitrary<string>,
    rarely(fc.constantFrom('text', 'file', 'binary'), 'nope'),
    { maxKeys: 2 },
  ),
  minify: FLAGS,
  nodeModules: fc.array(
    rarely(fc.constantFrom('sharp', '@node-rs/crc32'), '../x', 'a@1') as fc.Arbitrary<string>,
    {
      maxLength: 2,
    },
  ),
  sharedChunks: FLAGS,
  sourceMap: FLAGS,
  tsconfig: rarely(fc.constant('ok.ts'), 'nowhere.json'),
});
