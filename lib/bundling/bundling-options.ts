/** The module format of the code that Lambda loads. */
export enum BundlingFormat {
  /** ES modules: smaller, because more unused code is left out, and with top-level await. */
  ESM = 'ESM',

  /**
   * CommonJS, for packages that do not run as part of an ES module, and for layers that wrap the handler: its exports can be
   * replaced.
   */
  CJS = 'CJS',
}

/** A file or folder to copy into a function's asset. */
export interface CopiedFile {
  /** The file or folder, relative to the app's `root`. Symbolic links are followed, and executable files stay executable. */
  readonly source: string;

  /**
   * Its path in the asset, with `/` between folders; `.` puts the contents of a folder at the top. On Lambda the asset is in
   * `/var/task`, which `LAMBDA_TASK_ROOT` names, and is read-only. A path outside the asset, and one that the code or another
   * file already has, is an error.
   *
   * @default - the same as `source`; for a path outside the app's `root`, its last part
   */
  readonly destination?: string;
}

/** How esbuild bundles a handler's sources for Lambda. */
export interface BundlingOptions {
  /**
   * The module format that Lambda loads. CommonJS packages work in ES modules too.
   *
   * With `CJS`, a function's code and packages are bundled as a single file, which is larger and starts more slowly. Top-level
   * `await` is an error there. Layers that instrument a function by replacing `exports.handler`, such as OpenTelemetry's, need
   * `CJS` (docs/bundling.md).
   *
   * @default BundlingFormat.ESM
   */
  readonly format?: BundlingFormat;

  /**
   * Put code that several functions of the app share into separate files, as esbuild's `splitting` does. Everything is bundled in
   * one pass, without a second one for packages, so a first synthesis is faster.
   *
   * **The price**: the set of files depends on all functions, so a change in one may change the code of others, which are then
   * deployed too and start cold. Modules with side effects may be evaluated in another order than in the source. Only for
   * `BundlingFormat.ESM`, and not with a `file` or `copy` loader.
   *
   * @default false
   */
  readonly sharedChunks?: boolean;

  /**
   * Keep the bundles, and reuse them as long as none of their inputs change: the contents and locations of the files, the
   * options, and the versions of esbuild and this package. If nothing has changed, esbuild is not started. The cache is in the
   * user's cache folder; set `SERVERLESS_APP_CACHE` to another folder, or to `off` to disable it. Entries not used for 30 days
   * are removed.
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
   * Whether classes and functions keep their names at run time, for code that reads `class.name` or `error.name`, such as TypeORM
   * and NestJS. For handlers with the AWS SDK this adds about 7 % to the code and 11 % to its initialization (docs/bundling.md).
   * `minify: false` keeps the names too.
   *
   * @default false
   */
  readonly keepNames?: boolean;

  /**
   * Write a source map and have Node.js use it, so that stack traces show your own lines. Node.js reads the map when it creates
   * the first error, which takes time.
   *
   * @default false
   */
  readonly sourceMap?: boolean;

  /**
   * Modules that are left out of the bundle because a layer or the runtime contains them. The AWS SDK is bundled unless you name
   * it here.
   *
   * @default - everything is bundled
   */
  readonly externalModules?: string[];

  /**
   * Packages that are installed into the asset's `node_modules` instead of being bundled, because they contain native code or
   * read files of their own, for example `['sharp']`. npm installs them and their dependencies for Linux with glibc and the
   * function's architecture, on any machine and with any package manager, in the versions that are installed in the project. For
   * binaries of another platform, which are not installed, it takes the versions in the nearest package-lock.json, otherwise
   * those that the package requires. `cache` applies to the result too. A package that is not installed, or has no binary for
   * the architecture, is an error.
   *
   * @default - everything is bundled
   */
  readonly nodeModules?: string[];

  /**
   * Run the install scripts of `nodeModules`. `npm_config_platform`, `npm_config_arch`, `npm_config_libc` and `npm_config_target`
   * tell them which binary to download. Packages whose npm archive contains no binary need this, such as `better-sqlite3`.
   * Versions alone do not determine what a script downloads. If a script compiles instead, the binary is for this machine. That
   * is an error unless system, architecture and Node.js version are those of the function.
   *
   * @default false
   */
  readonly installScripts?: boolean;

  /**
   * Files and folders to copy into the asset, beside the code: templates, WebAssembly, certificates. With
   * `{ source: 'templates' }`, a handler reads `join(process.env.LAMBDA_TASK_ROOT, 'templates', 'mail.html')`. In a copied folder,
   * files that usually hold secrets, such as `.env` and `.npmrc`, are left out with a warning; to copy such a file, name it
   * explicitly. An asset of more than 250 MB, unzipped and with `nodeModules`, is an error. That is Lambda's quota
   * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), which includes the layers.
   *
   * @default - only the code
   */
  readonly copyFiles?: CopiedFile[];

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
