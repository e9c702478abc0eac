import { flag, knownText, listOf, mapOf, oneOf, struct } from '../props/kinds';
import { propsOf } from '../props/prop-set';
import { BundlingFormat, BundlingOptions, CopiedFile } from './bundling-options';

export const COPIED_FILE_PROPS = propsOf<CopiedFile>()({
  source: knownText().required(),
  destination: knownText(),
});

/** Names, and how esbuild and npm interpret them, are checked when the code is bundled. */
export const BUNDLING_PROPS = propsOf<BundlingOptions>()({
  format: oneOf('BundlingFormat', () => BundlingFormat),
  sharedChunks: flag(),
  cache: flag(),
  minify: flag(),
  keepNames: flag(),
  sourceMap: flag(),
  externalModules: listOf(knownText()),
  nodeModules: listOf(knownText()),
  installScripts: flag(),
  copyFiles: listOf(struct(COPIED_FILE_PROPS)),
  define: mapOf(knownText()),
  loader: mapOf(knownText()),
  tsconfig: knownText(),
});
