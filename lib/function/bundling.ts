/** How esbuild turns a handler's sources into what Lambda runs. */
export interface BundlingOptions {
  /**
   * Keep what was bundled of packages, and use it again while their files, the places where they are found, the options and
   * the version of esbuild are the same. Your own sources, those of a linked workspace too, are bundled at every synthesis:
   * all functions in one pass of esbuild, about 0.1 s for 150. The folder is the user's cache folder; the environment
   * variable `SERVERLESS_APP_CACHE` names another one, or is `off`.
   *
   * @default true
   */
  readonly cache?: boolean;

  /**
   * Shorten the code. Smaller code starts faster.
   *
   * @default true
   */
  readonly minify?: boolean;

  /**
   * Put a source map beside the code and have Node.js use it, so that stack traces show your own lines. Reading the map
   * costs time when an error is created.
   *
   * @default false
   */
  readonly sourceMap?: boolean;

  /**
   * Modules that are left out of the bundle, because a layer or the runtime has them. The AWS SDK is bundled unless named here.
   *
   * @default - everything is bundled
   */
  readonly externalModules?: string[];

  /**
   * Global identifiers and the constant expressions that replace them, for example `{ 'process.env.FLAVOUR': '"blue"' }`.
   *
   * @default - nothing is replaced
   */
  readonly define?: { readonly [identifier: string]: string };

  /**
   * esbuild's loader for a file extension, for example `{ '.html': 'text' }`.
   *
   * @default - esbuild's own choice
   */
  readonly loader?: { readonly [extension: string]: string };

  /**
   * The path of a tsconfig.json for esbuild, relative to the app's `root`.
   *
   * @default - the nearest one above each source file
   */
  readonly tsconfig?: string;
}
