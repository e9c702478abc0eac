import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import type { BundleSettings } from './bundle-request';
import type { BuildOptions } from './esbuild-service';
import { extensionOf, isEsm, outdir } from './output-names';

// CommonJS packages inside an ES module expect these. They are set on the global object, not declared, so that a
// handler may declare its own.
export const COMMONJS_BANNER =
  "import{createRequire as __appCreateRequire}from'node:module';" +
  'globalThis.require??=__appCreateRequire(import.meta.url);' +
  'globalThis.__filename??=import.meta.filename;globalThis.__dirname??=import.meta.dirname;';

// The other way round, ES modules inside CommonJS expect this.
const ESM_BANNER = "const __appImportMetaUrl=require('node:url').pathToFileURL(__filename).href;";
const ESM_DEFINE = {
  'import.meta.url': '__appImportMetaUrl',
  'import.meta.filename': '__filename',
  'import.meta.dirname': '__dirname',
};

// esbuild exports by getters that cannot be redefined. Layers for tracing replace a handler by assigning to its export.
const WRITABLE_EXPORTS = 'module.exports={...module.exports};';

/**
 * Packages use these to find the binary that their install script built. esbuild cannot bundle them: they load their commands by name, and
 * the commands load development tools. The package that uses one gets the warning about native code.
 */
const UNBUNDLED: readonly string[] = ['@mapbox/node-pre-gyp', 'node-pre-gyp'];

/** The options that follow from the settings. Some of them depend on the caller's own options in `build`. */
export function esbuildOptions(settings: BundleSettings, build: BuildOptions): BuildOptions {
  const { options, root } = settings;
  return {
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: `node${settings.nodeVersion}`,
    outdir: outdir(settings),
    outExtension: { '.js': extensionOf(settings) },
    mainFields: ['module', 'main'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    minify: options.minify ?? true,
    keepNames: options.keepNames ?? false,
    sourcemap: options.sourceMap ?? false,
    sourcesContent: false,
    external: [...(options.externalModules ?? []), ...UNBUNDLED],
    ...(isEsm(settings)
      ? { format: 'esm', banner: { js: COMMONJS_BANNER }, define: options.define }
      : {
          format: 'cjs',
          banner: { js: ESM_BANNER },
          footer: { js: WRITABLE_EXPORTS },
          define: { ...ESM_DEFINE, ...options.define },
        }),
    loader: options.loader as Record<string, esbuild.Loader> | undefined,
    ...tsconfigOf(settings, build),
  };
}

/** A tsconfig.json of the caller overrides the user's, which applies to the user's own sources. */
function tsconfigOf(
  { options, root }: BundleSettings,
  { tsconfigRaw }: BuildOptions,
): Pick<BuildOptions, 'tsconfig'> {
  const given = tsconfigRaw !== undefined || options.tsconfig === undefined;
  return given ? {} : { tsconfig: path.resolve(root, options.tsconfig) };
}
