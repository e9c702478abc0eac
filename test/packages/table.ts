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
  readonly cdk: Outcome;
  readonly esm: Outcome;
  readonly cjs: Outcome;
}

/** docs/packages.md */
export function renderPage(rows: readonly Row[], node: string): string {
  return [
    '<!-- Written by `npm run test:packages`. -->',
    '',
    '# Tested packages',
    '',
    'Each handler below is bundled by plain esbuild (`--bundle --platform=node`), by the CDK’s `NodejsFunction` (with `bundleAwsSDK`), and by',
    `this library, both as an ES module (the default) and as CommonJS. Each asset runs on Node.js ${node} in a folder that contains nothing`,
    'else, as on Lambda, and must return the expected result. If synthesis prints a line to add to `bundling`, the table shows the line, and',
    'the handler runs with it. `npm run test:packages` repeats the test. The test fails if a handler runs with one of the first two but not',
    'with this library, and synthesis printed no message.',
    '',
    summaryOf(rows),
    '',
    '| packages | the handler | plain esbuild | `NodejsFunction` | ES module | CommonJS |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      ({ packages, does, plain, cdk, esm, cjs }) =>
        `| ${packages.join(', ')} | ${does} | ${[plain, cdk, esm, cjs].map(cellOf).join(' | ')} |`,
    ),
    '',
  ].join('\n');
}

function summaryOf(rows: readonly Row[]): string {
  const running = (way: 'plain' | 'cdk' | 'esm' | 'cjs'): number =>
    rows.filter((row) => row[way].kind !== 'fails').length;
  const unaided = rows.filter(({ esm }) => esm.kind === 'works').length;
  return (
    `Of ${rows.length} handlers, ${running('plain')} run with plain esbuild, ${running('cdk')} with \`NodejsFunction\`, and ` +
    `${running('esm')} with this library (${running('cjs')} as CommonJS), ${unaided} of them without an added line.`
  );
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
