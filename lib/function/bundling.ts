/** The kind of modules that Lambda loads. */
export enum BundlingFormat {
  /** ES modules: smaller, since more that is not used is left out, and with top-level await. */
  ESM = 'ESM',

  /** CommonJS, for packages that do not run as parts of an ES module. */
  CJS = 'CJS',
}

/** How esbuild turns a handler's sources into what Lambda runs. */
export interface BundlingOptions {
  /**
   * The kind of modules that Lambda loads. What comes as CommonJS works in ES modules too.
   *
   * With `CJS` a function's code and packages are bundled as one file, which is larger and starts more slowly.
   *
   * @default BundlingFormat.ESM
   */
  readonly format?: BundlingFormat;

  /**
   * Put what several functions of the app have in common into files that they share, as esbuild's `splitting` does. All is
   * bundled in one pass, without a second one for packages, so a first synthesis is faster. **The price**: which files there
   * are follows from all functions, so a change in one may change the code of others, which are then deployed too, and start
   * cold. Modules that do more than to define something may be evaluated in another order than the sources say. Only for
   * `BundlingFormat.ESM`, and not with a `file` or `copy` loader.
   *
   * @default false
   */
  readonly sharedChunks?: boolean;

  /**
   * Keep what was bundled, and use it again while nothing has changed of what it was made from: the content of the files, the
   * places where they are found, the options, and the versions of esbuild and of this package. An unchanged app then starts
   * no esbuild. The folder is the user's cache folder; the environment variable `SERVERLESS_APP_CACHE` names another one, or
   * is `off`. Entries that were not used for 30 days are removed.
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
