/**
 * Measures the figures of docs/benchmarks.md and writes them there; `--print` only prints. Needs a build.
 * Times are ratios of medians, both sides in turn in one run.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { ServerlessApp } from 'cdk-serverless-app';
import * as prettier from 'prettier';
import { importTimes } from './bench/import-time';

const ROOT = path.join(__dirname, '..');
const REFERENCE = path.join(__dirname, 'reference-app.ts');
/** The reference app leaves its routes open, as the other apps do. With an authorizer it would have none of these findings. */
const OPEN_ROUTE = 'AwsSolutions-APIG4';
const ENTRY = 'examples/orders/src/get-order.ts';

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
      value: String(await infrastructureLines()),
      others: 'plain CDK 61, Solutions Constructs 44, SST v2 31, Architect’s manifest 20',
    },
    { what: 'resources in its template', value: String(resources), others: '' },
    {
      what: 'resources of one additional function, with its role: HTTP / table changes / objects / schedule / queue / topic / event on a bus / Kinesis / function URL / WebSocket',
      value: Object.values(slopes()).join(' / '),
      others:
        'SAM, by its [list of generated resources](https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html): 3 / 3 / 3 / 4 / 3 / 4 / 4 / 3 / 3 / none, without failure queues for asynchronous events',
    },
    { what: 'Lambda functions in its template', value: `${functions}, no helpers`, others: '' },
    {
      what: 'cdk-nag 3, packs AwsSolutions and Serverless, with an authorizer on the routes',
      value: `${findings.error} errors, ${findings.warning} warnings`,
      others:
        'errors/warnings: plain L2s 14/25, Solutions Constructs 19/18, osls 9/10, Architect 11/2',
    },
    {
      what: 'import of the package, against import of the classes of aws-cdk-lib that it uses',
      value: `${importRatio().toFixed(2)} times`,
      others: '',
    },
  ];
  const table = render(figures);
  process.stdout.write(`${table}\n`);
  if (!process.argv.includes('--print')) {
    writePage(table);
  }
}

async function infrastructureLines(): Promise<number> {
  const source = fs.readFileSync(REFERENCE, 'utf8');
  const text = await prettier.format(source, {
    parser: 'typescript',
    printWidth: 100,
    singleQuote: true,
  });
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter(
    (line) => line !== '' && !line.startsWith('//') && !line.startsWith('import '),
  ).length;
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

/** How many resources the second function of a kind adds, once the first has created everything that they share. */
function slopes(): Record<string, number> {
  const hourly = ScheduleExpression.rate(Duration.hours(1));
  const kinds: Record<string, (app: ServerlessApp, id: string) => unknown> = {
    http: (app, id) => app.onRequest(`GET /${id}`, ENTRY, { id }),
    tableChanges: (app, id) => app.onTableChange(app.node.findChild('T') as TableV2, ENTRY, { id }),
    objectCreated: (app, id) =>
      app.onObjectCreated(app.node.findChild('B') as Bucket, ENTRY, { id, prefix: id }),
    schedule: (app, id) => app.onSchedule(hourly, ENTRY, { id }),
    queue: (app, id) => app.onMessage(app.node.findChild('Q') as Queue, ENTRY, { id }),
    topic: (app, id) => app.onNotification(app.node.findChild('N') as Topic, ENTRY, { id }),
    event: (app, id) => app.onEvent({ source: [id] }, ENTRY, { id }),
    stream: (app, id) => app.onRecord(app.node.findChild('S') as Stream, ENTRY, { id }),
    functionUrl: (app, id) => app.onFunctionUrl(ENTRY, { id }),
    webSocket: (app, id) => app.onSocket(id, ENTRY, { id }),
  };
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, add]) => [kind, resourcesOf(add, 3) - resourcesOf(add, 2)]),
  );
}

function resourcesOf(add: (app: ServerlessApp, id: string) => unknown, count: number): number {
  const cdk = new App({ builtinCloudFormationValidation: false });
  const app = new ServerlessApp(new Stack(cdk, 'Slope'), 'App', { root: ROOT });
  app.addTable('T', { partitionKey: 'id' });
  app.addBucket('B');
  app.addQueue('Q');
  app.addTopic('N');
  app.addStream('S');
  for (let i = 0; i < count; i += 1) {
    add(app, `Function${i}`);
  }
  const template = cdk.synth().stacks[0]?.template as { Resources: object };
  return Object.keys(template.Resources).length;
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
    'Of the reference app ([scripts/reference-app.ts](../scripts/reference-app.ts): three HTTP functions, a stream, an upload, a schedule; a table and a\n' +
    'bucket), by `npm run figures`:';
  const text = fs
    .readFileSync(file, 'utf8')
    .replace(marks, `<!-- figures -->\n\n${intro}\n\n${table}\n\n<!-- /figures -->`);
  fs.writeFileSync(file, text);
}

void main();
