import { BundlingOptions } from 'cdk-serverless-app';

/** What became of a handler in one format. */
export type Outcome =
  | { readonly kind: 'works' }
  /** It works with the options that synthesis recommends. `needless`: and without them, too. */
  | { readonly kind: 'recommended'; readonly options: BundlingOptions; readonly needless: boolean }
  | { readonly kind: 'fails'; readonly error: string; readonly messages: readonly string[] };

export interface Row {
  /** Name and version of each package. */
  readonly packages: readonly string[];
  readonly does: string;
  readonly plain: Outcome;
  readonly esm: Outcome;
  readonly cjs: Outcome;
}

/** docs/packages.md */
export function renderPage(rows: readonly Row[], node: string): string {
  return [
    '<!-- Written by `npm run test:packages`. -->',
    '',
    '# Packages that are tested',
    '',
    `Each handler below is bundled by plain esbuild (\`--bundle --platform=node\`) and by this library, as an ES module, which is the default,`,
    `and as CommonJS. Each asset runs on Node.js ${node} in a folder with nothing else, as on Lambda, and must return what is expected.`,
    'Where synthesis prints a line to add to `bundling`, the table shows it, and the handler runs with it. `npm run test:packages` repeats',
    'the test; it fails if a handler runs with plain esbuild, and does not run here although synthesis printed no message.',
    '',
    '| packages | the handler | plain esbuild | ES module | CommonJS |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ packages, does, plain, esm, cjs }) =>
        `| ${packages.join(', ')} | ${does} | ${cellOf(plain)} | ${cellOf(esm)} | ${cellOf(cjs)} |`,
    ),
    '',
  ].join('\n');
}

function cellOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'works':
      return 'works';
    case 'recommended':
      return `works with \`${lineOf(outcome.options)}\`${outcome.needless ? ' (and without it)' : ''}`;
    case 'fails':
      return `fails: ${outcome.error
        .replaceAll('|', '\\|')
        .replaceAll('\n', ' ')
        .replaceAll(/\S*(?=node_modules\/)/g, '')}`;
  }
}

function lineOf(options: BundlingOptions): string {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      name === 'format'
        ? `format: BundlingFormat.${String(value)}`
        : `${name}: ${JSON.stringify(value)}`,
    )
    .join(', ');
}
