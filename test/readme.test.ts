import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import * as ts from 'typescript';
import { priceListOf } from '../lib/cost/price-list';
import {
  breakEvenUtilization,
  provisionedDollars,
  snapshotDollars,
} from '../lib/cost/standing-cost';
import { formatDollars } from '../lib/model/format-number';
import { renderDefaultsTable } from '../lib/core/defaults-table';
import { tempFolder, warnings } from './support/synth';
import { typeErrors } from './support/type-errors';
import { partnerApiTypes } from './support/typed-client';
import { renderCostTable } from '../scripts/cost-table';
import { renderScalingTable } from '../scripts/scaling-table';

const ROOT = path.join(__dirname, '..');
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');
const README = read('README.md');

/** The README, the rules for coding agents, and every page of docs/. */
const PAGES = [
  'README.md',
  'AGENTS.md',
  ...fs
    .readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.split(path.sep).join('/')}`),
];

/** What the shorter blocks of the pages take for granted. */
const FIXTURE = `
import { App, CfnOutput, Duration, Stack, TimeZone, Validations } from 'aws-cdk-lib';
import { CorsHttpMethod, DomainName, DomainNameAttributes, HttpNoneAuthorizer, WebSocketNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer, HttpUserPoolAuthorizer, WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AllowedMethods, CachePolicy, Distribution, OriginRequestPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { IUserPool, UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, Tracing } from 'aws-cdk-lib/aws-lambda';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as logs from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression, ScheduleTargetInput, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { Access, AlarmThreshold, AppFunction, AppStage, BundlingFormat, Budget, ColdStart, ConnectionOperation, InvocationType, ITrigger, Load, RequestPart, RequestTarget, RequestTenant, Rollout, RouteAuthorizer, ServerlessApp, Sharding, Trigger, TriggerConfig, UsageLevel } from 'cdk-serverless-app';
declare const alarm: Alarm;
declare const auditBucket: Bucket;
declare const cdk: App;
declare const secret: Secret;
declare const app: ServerlessApp;
declare const orders: TableV2;
declare const uploads: Bucket;
declare const queue: sqs.Queue;
declare const pager: sns.ITopic;
declare const news: sns.Topic;
declare const theirLogs: logs.LogGroup;
declare const layer: lambda.LayerVersion;
declare const certificate: ICertificate;
declare const domain: DomainNameAttributes;
declare const hostedZone: IHostedZone;
declare const pool: IUserPool;
`;

function codeBlocks(language: string, text = README): string[] {
  const pattern = new RegExp('^```' + language + '\\n([\\s\\S]*?)^```', 'gm');
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** The path that a block begins with: `// src/get-order.ts`. */
function fileNamed(block: string): string | undefined {
  return /^\/\/ ([\w./-]+\.ts)\n/.exec(block)?.[1];
}

/** A block with imports is a whole file; another one stands in a construct's constructor. */
function asFile(block: string): string {
  if (/^import /m.test(block)) {
    return block;
  }
  return `${FIXTURE}\nexport function block(this: Construct): void {\n${block}\n}\n`;
}

test('every TypeScript block of the README and of docs/ compiles', () => {
  const files = PAGES.flatMap((page) =>
    codeBlocks('ts', read(page)).map((block, i) => {
      const name = page.replace(/\W/g, '-');
      const own = fileNamed(block);
      if (own !== undefined) {
        return [path.join(ROOT, name, own), block] as const;
      }
      const file = block.replace("'../app'", `'./${name}-1'`); // a page begins with its app.ts
      return [path.join(ROOT, `${name}-${i + 1}.ts`), asFile(file)] as const;
    }),
  );

  const types = [path.join(ROOT, 'api.d.ts'), partnerApiTypes()] as const;
  const errors = typeErrors(new Map([...files, types]), {
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], // One page has code for the browser.
    paths: { '@example/events': ['./docs-recipes-monorepo-md/packages/events/index.ts'] },
  });

  expect(files.length).toBeGreaterThan(30);
  expect(errors).toEqual([]);
});

test.each([
  ['ts', 'typescript/app.ts'],
  ['python', 'python/app.py'],
  ['java', 'java/src/main/java/shop/OrdersApp.java'],
  ['go', 'go/app.go'],
])('the app in %s in docs/languages.md is the example', (language, file) => {
  const app = read(`examples/languages/${file}`);

  expect(codeBlocks(language, read('docs/languages.md'))).toContain(app);
});

test.each([
  ['typescript', 'typescript/app.ts'],
  ['python', 'python/app.py'],
  ['java', 'java/src/main/java/shop/OrdersApp.java'],
  ['go', 'go/app.go'],
])(
  'the short app in %s in the README and docs/getting-started.md is lines of the example',
  (language, file) => {
    const lines = withoutIndent(read(`examples/languages/${file}`));
    const pages = ['README.md', 'docs/getting-started.md'];
    const excerpts = pages.flatMap((page) => codeBlocks(language, read(page)));

    expect(excerpts.length).toBeGreaterThan(0);
    for (const excerpt of excerpts) {
      const wanted = withoutIndent(excerpt).filter((line) => line !== '');
      let from = 0;
      const missing = wanted.filter((line) => {
        const at = lines.indexOf(line, from);
        from = at === -1 ? from : at + 1;
        return at === -1;
      });
      expect(missing).toEqual([]);
    }
  },
);

function withoutIndent(text: string): string[] {
  return text.split('\n').map((line) => line.trim());
}

test('the README has at most 250 lines', () => {
  expect(README.split('\n').length).toBeLessThanOrEqual(251); // the last one is empty
});

test('llms.txt names every page of the documentation, and nothing else', () => {
  const links = [...read('llms.txt').matchAll(/blob\/main\/([\w./-]+)/g)].map(([, file]) => file);
  const ofThisRepository = ['docs/benchmarks.md', 'docs/quality.md']; // how it is measured and tested
  const pages = PAGES.filter((page) => page !== 'README.md' && !ofThisRepository.includes(page));

  expect(links.sort()).toEqual(pages.sort());
});

test.each(PAGES)('every relative link of %s leads to a file, and to a heading of it', (page) => {
  const text = read(page).replace(/^```[\s\S]*?^```/gm, '');
  const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map((match) => match[1] ?? '');

  for (const link of links) {
    const [file = '', heading] = link.split('#');
    const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
    expect([link, fs.existsSync(path.join(ROOT, target))]).toEqual([link, true]);
    if (heading !== undefined) {
      expect(headings(read(target))).toContain(heading);
    }
  }
});

/** The anchors of a page's headings, as GitHub makes them. */
function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

test('the first app synthesizes without a warning', () => {
  const [block = ''] = codeBlocks('ts').filter((text) => text.includes('src/hello.ts'));
  const root = tempFolder({ 'src/hello.ts': 'export const handler = async () => 1;' });
  const { outputText } = ts.transpileModule(
    block.replace("'Hello', {", `'Hello', { root: ${JSON.stringify(root)},`),
    { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } },
  );
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is the README's
  const run = new Function('require', 'exports', `${outputText}; return stack;`) as (
    ...args: unknown[]
  ) => Stack;

  const stack = run(require, {});

  expect(warnings(stack)).toEqual([]);
});

test('a block that does not compile is noticed', () => {
  const errors = typeErrors(
    new Map([[path.join(ROOT, 'readme-0.ts'), asFile(`app.onRequest(42, 'src/x.ts');`)]]),
  );

  expect(errors).toEqual([expect.stringContaining("'number' is not assignable")]);
});

test('the table of defaults matches the code', () => {
  expect(read('docs/defaults.md')).toContain(renderDefaultsTable());
});

test('the table in docs/scaling.md matches the calculation', () => {
  expect(read('docs/scaling.md')).toContain(renderScalingTable());
});

test('the table in docs/cost.md matches the estimate of examples/orders', () => {
  expect(read('docs/cost.md')).toContain(`<!-- cost -->\n\n${renderCostTable()}\n\n<!-- /cost -->`);
});

test('the prices in docs/cold-starts.md and in the docstrings are those of the price list', () => {
  const docs = read('lib/function/cold-start.ts');
  const page = read('docs/cold-starts.md');

  for (const text of [page, docs]) {
    expect(text).toContain(formatDollars(provisionedDollars(1, 1024, 'arm64')));
    expect(text).toContain(formatDollars(provisionedDollars(1, 1024, 'x86_64')));
    expect(text).toContain(formatDollars(snapshotDollars(1024, false)));
  }
  expect(page).toContain(
    `$17.52 to $175.20 a month (730 h, arm64, us-east-1, ${priceListOf('us-east-1').date})`,
  );
  expect(page).toContain(`= ${Math.round(breakEvenUtilization('arm64') * 100)} % of the time`);
});

test('the commands in the README exist', () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };

  const named = codeBlocks('sh').flatMap((block) =>
    [...block.matchAll(/npm run (\S+)/g)].map((match) => match[1]),
  );

  expect(named).not.toHaveLength(0);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});
