/** The kind of modules that Lambda loads. */
export enum BundlingFormat {
  /** ES modules: smaller, since more that is not used is left out, and with top-level await. */
  ESM = 'ESM',

  /**
   * CommonJS, for packages that do not run as parts of an ES module, and for layers that wrap the handler: its exports can be
   * replaced.
   */
  CJS = 'CJS',
}

/** A file or folder that is put into a function's asset beside the code. */
export interface CopiedFile {
  /**
   * The file or folder, relative to the app's `root`. Symbolic links are followed; a file that may be executed stays so.
   */
  readonly source: string;

  /**
   * Its path in the asset, with `/` between folders; `.` puts what is in a folder at the top. On Lambda the asset lies in
   * `/var/task`, which `LAMBDA_TASK_ROOT` names, and is read only. A path outside the asset, and one that the code or another
   * file has already, is an error.
   *
   * @default - the same as `source`; of a path outside the app's `root`, its last part
   */
  readonly destination?: string;
}

/** How esbuild turns a handler's sources into what Lambda runs. */
export interface BundlingOptions {
  /**
   * The kind of modules that Lambda loads. What comes as CommonJS works in ES modules too.
   *
   * With `CJS` a function's code and packages are bundled as one file, which is larger and starts more slowly. Top-level `await` is an
   * error there. Layers that instrument a function by replacing `exports.handler`, such as OpenTelemetry's, need it (docs/bundling.md).
   *
   * @default BundlingFormat.ESM
   */
  readonly format?: BundlingFormat;

  /**
   * Put what several functions of the app have in common into files that they share, as esbuild's `splitting` does. All is
   * bundled in one pass, without a second one for packages, so a first synthesis is faster. **The price**: which files there
   * are follows from all functions, so a change in one may change the code of others, which are then deployed too, and start
   * cold. Modules with side effects may be evaluated in a different order than in the source. Only for
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
   * Packages that are left out of the bundle and installed into the asset's `node_modules`, because they hold native code or
   * read files of their own, for example `['sharp']`. npm installs them and what they depend on, for Linux with glibc and the
   * function's architecture, whatever machine this is and whatever manager the project uses, in the versions that are
   * installed in the project; for binaries of another platform, which are not installed, in those of the nearest
   * package-lock.json, else in those that the package asks for. The result is cached as `cache` says. A package that is not
   * installed, or has no binary for the architecture, is an error.
   *
   * @default - everything is bundled
   */
  readonly nodeModules?: string[];

  /**
   * Run the install scripts of `nodeModules`, told by `npm_config_platform`, `npm_config_arch`, `npm_config_libc` and
   * `npm_config_target` what to download a binary for. Needed by packages whose binary is not a part of what npm has, such as
   * `better-sqlite3`. What such a script downloads does not follow from the versions alone. Where it compiles instead, the
   * binary is for this machine, which is an error unless its system, architecture and version of Node.js are the function's.
   *
   * @default false
   */
  readonly installScripts?: boolean;

  /**
   * Files and folders that are put into the asset beside the code: templates, WebAssembly, certificates.
   * `{ source: 'templates' }` is read by `readFileSync(join(process.env.LAMBDA_TASK_ROOT, 'templates', 'mail.html'))`. Files in a
   * folder that usually hold secrets, such as `.env` and `.npmrc`, are left out with a warning: name such a file itself to copy it. An asset
   * of more than 250 MB, unzipped and with `nodeModules`, is an error: that is Lambda's quota
   * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), which the layers count towards, too.
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
