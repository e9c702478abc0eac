/** Something that a bundle lacks, or contains a large amount of. */
export interface PackageFinding {
  /** The package to install next to the bundle, by the name that the entry can import; undefined for the user’s own file. */
  readonly name?: string;
  /**
   * `main`: the package assumes that it is the script that Node.js was started with.
   * `names`: it loads optional packages (`loads`) by names in variables.
   * `callback`: the `handler` expects a callback, which the runtime does not give.
   * `returns`: the `handler` returns a value that is not a batch response.
   * `no-fetch`: the default export, which is no handler, certainly has no `fetch`.
   * `class-names`: the code of `source` reads the names of classes, which are shortened.
   * `variable`: the line `source` reads `variable` of the environment, and no source considers that it may be missing.
   * `size`: nothing is missing, but it takes many `bytes` of the code; `file` is one of the user’s own folders.
   */
  readonly kind:
    | 'native'
    | 'files'
    | 'main'
    | 'names'
    | 'callback'
    | 'returns'
    | 'no-fetch'
    | 'class-names'
    | 'variable'
    | 'size';
  /** The exported function that it concerns; undefined if it concerns all. */
  readonly handler?: string;
  /** A string, an API Gateway response, a list, or another value that is not an object. */
  readonly returns?: 'text' | 'response' | 'list' | 'value';
  /** The bytes that it takes up in the code. */
  readonly bytes?: number;
  /** Optional packages that it loads. If it is installed alone, it does not find them. */
  readonly loads?: readonly string[];
  /** A file that the code reads, relative to the package or to the user's own file. */
  readonly file?: string;
  /** The user's own file that reads it, relative to the root; with the line if it concerns a handler. */
  readonly source?: string;
  /** The names that it compares; none if it takes the names of all classes that it is given. */
  readonly classes?: readonly string[];
  /** The name of an environment variable. */
  readonly variable?: string;
  /** Its install script creates the binary. */
  readonly installScripts?: boolean;
  /** It matters only if the user's own sources mention one of these packages. */
  readonly ifMentioned?: readonly string[];
}
