import * as fc from 'fast-check';
import { BUNDLING_PROPS, COPIED_FILE_PROPS } from '../../../lib/bundling/bundling-prop-set';
import { declared } from '../support/declared';
import { NAME, rarely } from '../support/values';

const COPIED_FILE = declared(COPIED_FILE_PROPS, {
  source: rarely(fc.constantFrom('ok.ts', 'nowhere'), '.', ''),
  destination: rarely(fc.constantFrom('a', 'a/b', '.'), '../x', '/x', 'a\\b', ''),
});

export const BUNDLING = declared(BUNDLING_PROPS, {
  format: rarely(fc.constantFrom('ESM', 'CJS'), 'UMD'),
  copyFiles: fc.array(COPIED_FILE, { maxLength: 2 }),
  loader: fc.dictionary(
    rarely(fc.constantFrom('.html', '.bin'), 'html', '__proto__') as fc.Arbitrary<string>,
    rarely(fc.constantFrom('text', 'file', 'binary'), 'nope'),
    { maxKeys: 2 },
  ),
  define: fc.dictionary(NAME, NAME, { maxKeys: 2 }),
  nodeModules: fc.array(
    rarely(fc.constantFrom('sharp', '@node-rs/crc32'), '../x', 'a@1') as fc.Arbitrary<string>,
    { maxLength: 2 },
  ),
  tsconfig: rarely(fc.constant('ok.ts'), 'nowhere.json'),
});
