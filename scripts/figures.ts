/**
 * Measures the figures of docs/benchmarks.md and writes them there; `--print` only prints. Needs a build, and `pip install
 * aws-sam-translator` for the comparison with SAM.
 * Times are ratios of medians, both sides in turn in one run.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { importTimes } from './bench/import-time';
import { infrastructureLines } from './figures/infrastructure-lines';
import { slopes } from './figures/slopes';

const ROOT = path.join(__dirname, '..');
const REFERENCE = 'scripts/reference-app.ts';
/** The reference app leaves its routes open, as the other apps do. With an authorizer it would have none of these findings. */
const OPEN_ROUTE = 'AwsSolutions-APIG4';

interface Figure {
  readonly what: string;
  readonly value: string;
  readonly others: string;
}

async function main(): Promise<void> {
  const { resources, functions, findings } = await synthesizeReference();
  const figures: Figure[] = [
    {
      what: 'lines of infrastructure, as prettier formats them at 100 columns',
      value: String(await linesOf(REFERENCE)),
      others: 'plain CDK 61, Solutions Constructs 44, SST v2 31, Architect’s manifest 20',
    },
    { what: 'resources in its template', value: String(resources), others: '' },
    { what: 'Lambda functions in its template', value: `${functions}, no helpers`, others: '' },
    {
      what: 'cdk-nag 3, packs AwsSolutions and Serverless, with an authorizer on the routes',
      value: `${findings.error} errors, ${findings.warning} warnings`,
      others:
        'errors/warnings: plain L2s 14/25, Solutions Constructs 19/18, osls 9/10, Architect 11/2',
    },
    {
      what: 'import of the package, compared with import of the classes of aws-cdk-lib that it uses',
      value: `${importRatio().toFixed(2)} times`,
      others: '',
    },
  ];
  const table = [render(figures), await exampleLines(), slopes(ROOT)].join('\n\n');
  process.stdout.write(`${table}\n`);
  if (!process.argv.includes('--print')) {
    writePage(table);
  }
}

async function linesOf(file: string): Promise<number> {
  return infrastructureLines(fs.readFileSync(path.join(ROOT, file), 'utf8'));
}

/** The lines of the two larger examples, here and in the files of scripts/figures. */
async function exampleLines(): Promise<string> {
  const rows = await Promise.all(
    ['shop-events', 'live-board'].map(async (name) => {
      const files = [
        `examples/${name}/stack.ts`,
        `scripts/figures/plain-${name}.ts`,
        `scripts/figures/sst-${name}.config.txt`,
      ];
      const lines = await Promise.all(files.map(linesOf));
      return `| [examples/${name}](../examples/${name}) | ${lines.join(' | ')} |`;
    }),
  );
  return [
    'Lines of infrastructure of the larger examples, each as a whole stack, counted the same way:',
    '',
    '| | here | plain CDK | SST |',
    '|---|---|---|---|',
    ...rows,
    '',
    'The files in [scripts/figures](../scripts/figures) have the same functions, triggers, retries, failure queues and outputs, and the same definition of the state machine. They',
    'leave out what the library adds without any code: alarms, the dashboard, log retention, backups, deletion protection, TLS-only policies, throttles and the estimate. They use grants of the CDK',
    'and links of SST, even where these allow more than ours. Our count includes the lines that acknowledge cdk-nag findings; the others would not pass cdk-nag. A test synthesizes the plain stacks. The',
    'SST files are not compiled: their components were checked against SST’s documentation and source. Where SST has no component (archive, failure destinations, a rule that starts a state machine),',
    'they use Pulumi’s resources, as is usual with SST.',
  ].join('\n');
}

interface Findings {
  error: number;
  warning: number;
}

async function synthesizeReference(): Promise<{
  resources: number;
  functions: number;
  findings: Findings;
}> {
  process.chdir(ROOT);
  const { cdk } = await import('./reference-app.js');
  const template = cdk.synth().stacks[0]?.template as {
    Resources: Record<string, { Type: string }>;
  };
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  return {
    resources: types.length,
    functions: types.filter((type) => type === 'AWS::Lambda::Function').length,
    findings: nagFindings(cdk), // without open routes, which are the user's own statement
  };
}

interface ValidationReport {
  readonly pluginReports: ReadonlyArray<{
    readonly pluginName: string;
    readonly violations: ReadonlyArray<{
      readonly ruleName: string;
      readonly severity: keyof Findings;
      readonly violatingConstructs: readonly unknown[];
    }>;
  }>;
}

function nagFindings(cdk: App): Findings {
  Validations.of(cdk).addPlugins(new AwsSolutionsChecks(cdk), new ServerlessChecks(cdk));
  const { exitCode } = process;
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = () => true; // the report is read from its file
  try {
    cdk.synth({ force: true });
  } catch {
    // The CDK throws because of the findings, which are counted here.
  } finally {
    process.stderr.write = write;
    process.exitCode = exitCode;
  }
  const file = path.join(cdk.outdir, 'validation-report.json');
  const report = JSON.parse(fs.readFileSync(file, 'utf8')) as ValidationReport;
  const findings: Findings = { error: 0, warning: 0 };
  for (const { violations } of report.pluginReports.filter(({ pluginName }) =>
    /AwsSolutions|Serverless/.test(pluginName),
  )) {
    for (const { ruleName, severity, violatingConstructs } of violations) {
      if (ruleName === OPEN_ROUTE) {
        continue;
      }
      findings[severity] += violatingConstructs.length;
      process.stderr.write(`${severity}: ${ruleName}, ${violatingConstructs.length} times\n`);
    }
  }
  return findings;
}

function importRatio(): number {
  const { ours, theirs } = importTimes();
  return ours / theirs;
}

function render(figures: readonly Figure[]): string {
  const lines = figures.map(({ what, value, others }) => `| ${what} | ${value} | ${others} |`);
  return ['| | here | others, counted the same way |', '|---|---|---|', ...lines].join('\n');
}

function writePage(table: string): void {
  const file = path.join(ROOT, 'docs', 'benchmarks.md');
  const marks = /<!-- figures -->[\s\S]*<!-- \/figures -->/;
  const intro =
    'For the reference app ([scripts/reference-app.ts](../scripts/reference-app.ts): three HTTP functions, a stream, an upload, a schedule; a table and a\n' +
    'bucket), measured by `npm run figures`:';
  const text = fs
    .readFileSync(file, 'utf8')
    .replace(marks, `<!-- figures -->\n\n${intro}\n\n${table}\n\n<!-- /figures -->`);
  fs.writeFileSync(file, text);
}

void main();
