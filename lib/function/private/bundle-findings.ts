import * as path from 'node:path';
import { BundlingFormat, BundlingOptions } from '../../bundling/bundling-options';
import type { PackageFinding } from '../../bundling/package-finding';
import type { IAppFunction } from '../../core/contract';
import { Notices } from '../../core/notices';

const NATIVE = 'cdk-serverless-app:native-package';
const NAMES = 'cdk-serverless-app:class-names';
const FILES = 'cdk-serverless-app:files-beside-code';

/** Findings that other messages report. */
const OTHERS: ReadonlySet<PackageFinding['kind']> = new Set([
  'size',
  'callback',
  'returns',
  'no-fetch',
  'class-names',
  'variable',
]);

/** Warns about files that a function’s bundle lacks, with the options that add them. */
export function warnOfFindings(
  fn: IAppFunction,
  bundling: BundlingOptions,
  all: readonly PackageFinding[],
): void {
  const findings = all.filter(({ kind }) => !OTHERS.has(kind));
  const owner = `${fn.app.node.path}: \`functions.${fn.node.id}.bundling`;
  const warn = (id: string, text: string): void => {
    Notices.of(fn).add({ fn, level: 'warning', id, message: `${owner}${text}` });
  };
  warnOfClassNames(bundling, all, warn);
  const packages = findings.filter(({ name }) => name !== undefined);
  const natives = packages.filter(({ kind }) => kind === 'native');
  const readers = packages.filter(({ kind }) => kind !== 'native');
  const line = lineFor(bundling, packages);
  if (natives.length > 0) {
    const names = natives.map(({ name }) => `\`${name ?? ''}\``).join(', ');
    warn(
      NATIVE,
      `.nodeModules\` should include ${names}, whose native code is loaded at run time and is not in the bundle: write ` +
        `\`${line}\`, and npm installs it into the asset`,
    );
  }
  if (readers.length > 0) {
    warn(
      FILES,
      `.nodeModules\` should include ${readers.map(describe).join(', ')}, which a bundle does not contain: write \`${line}\`, and ` +
        'npm installs it into the asset',
    );
  }
  for (const finding of findings.filter((it) => it.name === undefined)) {
    const text = textForOwn(bundling, finding);
    if (text !== undefined) {
      warn(FILES, text);
    }
  }
}

/** Warns about code that reads the names of classes, unless they are kept. */
function warnOfClassNames(
  { keepNames = false, minify }: BundlingOptions,
  all: readonly PackageFinding[],
  warn: (id: string, text: string) => void,
): void {
  const found = all.filter(({ kind }) => kind === 'class-names');
  if (found.length > 0 && !keepNames && minify !== false) {
    const sources = found.map(({ source = '', classes }) =>
      classes === undefined
        ? `\`${source}\` derives names from the classes that it is given`
        : `\`${source}\` compares \`constructor.name\` with ${classes.map((it) => `\`${it}\``).join(', ')}`,
    );
    warn(
      NAMES,
      `.keepNames\` should be true, because ${[...new Set(sources)].join(', and ')}, and a bundle shortens these names: write ` +
        '`bundling: { keepNames: true }`',
    );
  }
}

/** The options to write, including the packages that are already in `nodeModules`. */
function lineFor(bundling: BundlingOptions, packages: readonly PackageFinding[]): string {
  const { nodeModules = [], installScripts = false, format } = bundling;
  const names = [
    ...new Set([
      ...nodeModules,
      ...packages.flatMap(({ name = '', loads = [] }) => [name, ...loads]),
    ]),
  ];
  const runsScripts = !installScripts && packages.some((it) => it.installScripts === true);
  const takesCommonJs =
    format !== BundlingFormat.CJS && packages.some(({ kind }) => kind === 'main');
  return [
    `nodeModules: ${JSON.stringify(names)}`,
    ...(runsScripts ? ['installScripts: true'] : []),
    ...(takesCommonJs ? ['format: BundlingFormat.CJS'] : []),
  ].join(', ');
}

function describe({ name = '', kind, file = '', source, loads = [] }: PackageFinding): string {
  if (kind === 'main') {
    return `\`${name}\`, which behaves differently if no \`module.parent\` requires it`;
  }
  if (kind === 'names') {
    const names = loads.map((it) => `\`${it}\``).join(', ');
    return `\`${name}\`, whose code loads optional packages (${names}) by names that are known only at run time`;
  }
  return source === undefined
    ? `\`${name}\`, whose code reads files beside itself (\`${file}\`)`
    : `\`${name}\`, whose file \`${source}\` looks up \`${file}\``;
}

/** Undefined if the asset already has the file where the code looks for it. */
function textForOwn(
  { copyFiles = [] }: BundlingOptions,
  { source = '', file = '' }: PackageFinding,
): string | undefined {
  const wanted = path.posix.normalize(file);
  const there = copyFiles.map(({ source: from, destination = from }) =>
    path.posix.normalize(destination),
  );
  if (there.some((it) => it === '.' || it === wanted || wanted.startsWith(`${it}/`))) {
    return undefined;
  }
  const place = path.posix.join(path.posix.dirname(source), file);
  const reads = `.copyFiles\` should contain \`${place}\`, which \`${source}\` reads from its own folder`;
  return wanted.startsWith('..')
    ? `${reads}: write \`copyFiles: [{ source: "${place}" }]\`, and read it from \`join(process.env.LAMBDA_TASK_ROOT, "${place}")\``
    : `${reads}; the bundled code runs from the root of the asset, so write \`copyFiles: [{ source: "${place}", destination: "${wanted}" }]\``;
}
