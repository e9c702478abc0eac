import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ServerlessApp } from 'cdk-serverless-app';
import type { IConstruct } from 'constructs';

const ENTRY = 'examples/orders/src/get-order.ts';
const SAM = path.join(__dirname, 'sam-resources.py');
const SAM_PAGE =
  'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html';

interface Kind {
  readonly name: string;
  /** The event of SAM, as `sam-resources.py` names it. */
  readonly sam: string;
  readonly add: (app: ServerlessApp, id: string, i: number) => unknown;
}

const OPERATIONS = [
  UserPoolOperation.PRE_SIGN_UP,
  UserPoolOperation.POST_CONFIRMATION,
  UserPoolOperation.PRE_AUTHENTICATION,
] as const;

const of = (app: ServerlessApp, id: string): IConstruct => app.node.findChild(id);
const hourly = ScheduleExpression.rate(Duration.hours(1));

function machine(app: ServerlessApp, id: string): StateMachine {
  return new StateMachine(app, `${id}Machine`, {
    definitionBody: DefinitionBody.fromChainable(new Pass(app, `${id}Pass`)),
  });
}

const KINDS: readonly Kind[] = [
  {
    name: 'HTTP',
    sam: 'HttpApi',
    add: (app, id) => app.onRequest(`GET /${id}`, ENTRY, { id }),
  },
  {
    name: 'changes of a table',
    sam: 'DynamoDB',
    add: (app, id) => app.onTableChange(of(app, 'T') as TableV2, ENTRY, { id }),
  },
  {
    name: 'objects of a bucket',
    sam: 'S3',
    add: (app, id) => app.onObjectCreated(of(app, 'B') as Bucket, ENTRY, { id, prefix: id }),
  },
  {
    name: 'schedule',
    sam: 'ScheduleV2',
    add: (app, id) => app.onSchedule(hourly, ENTRY, { id }),
  },
  {
    name: 'queue',
    sam: 'SQS',
    add: (app, id) => app.onMessage(of(app, 'Q') as Queue, ENTRY, { id }),
  },
  {
    name: 'topic',
    sam: 'SNS',
    add: (app, id) => app.onNotification(of(app, 'N') as Topic, ENTRY, { id }),
  },
  {
    name: 'event on a bus',
    sam: 'EventBridgeRule',
    add: (app, id) => app.onEvent({ source: [id] }, ENTRY, { id }),
  },
  {
    name: 'Kinesis',
    sam: 'Kinesis',
    add: (app, id) => app.onRecord(of(app, 'S') as Stream, ENTRY, { id }),
  },
  {
    name: 'user pool',
    sam: 'Cognito',
    add: (app, id, i) =>
      app.onUserPool(of(app, 'U') as UserPool, OPERATIONS[i] ?? OPERATIONS[0], ENTRY, { id }),
  },
  {
    name: 'function URL with IAM',
    sam: 'FunctionUrlConfig',
    add: (app, id) => app.onFunctionUrl(ENTRY, { id }),
  },
  { name: 'WebSocket', sam: 'WebSocketApi', add: (app, id) => app.onSocket(id, ENTRY, { id }) },
  {
    name: 'state machine that events start',
    sam: 'StateMachine',
    add: (app, id) => {
      app.addWorkflow(id, machine(app, id)).onEvent({ source: [id] });
    },
  },
];

/** The resources that one more function adds, by its trigger, here and in SAM, as a section of docs/benchmarks.md. */
export function slopes(root: string): string {
  const { version, types } = JSON.parse(
    execFileSync('python3', [SAM], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as { version: string; types: Record<string, string[]> };
  const rows = KINDS.map(({ name, sam, add }) => {
    const here = added(root, add);
    const theirs = types[sam] ?? [];
    return `| ${name} | ${here.length}: ${inWords(here)} | ${theirs.length}: ${inWords(theirs)} |`;
  });
  return [
    `Resources that one more function adds, including its role, for each kind of trigger, and those of one more state machine, compared with AWS SAM (translator ${version}, \`scripts/figures/sam-resources.py\`; [AWS’s list](${SAM_PAGE})).`,
    'SAM writes the routes of an HTTP API into its OpenAPI document. Its functions have no failure queue; here, functions that run asynchronously use the app’s, through their `EventInvokeConfig`.',
    '',
    '| trigger | here | SAM |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

/** What the third function of a kind adds, once the first two have created everything that they share. */
function added(root: string, add: Kind['add']): string[] {
  const before = typesWith(root, add, 2);
  return typesWith(root, add, 3)
    .filter((type) => {
      const i = before.indexOf(type);
      return i === -1 || before.splice(i, 1).length === 0;
    })
    .sort();
}

function typesWith(root: string, add: Kind['add'], count: number): string[] {
  const cdk = new App({ builtinCloudFormationValidation: false });
  const app = new ServerlessApp(new Stack(cdk, 'Slope'), 'App', { root });
  app.addTable('T', { partitionKey: 'id' });
  app.addBucket('B');
  app.addQueue('Q');
  app.addTopic('N');
  app.addStream('S');
  new UserPool(app, 'U');
  app.addFunction('Base', { entry: ENTRY });
  for (let i = 0; i < count; i += 1) {
    add(app, `Function${i}`, i);
  }
  const template = cdk.synth().stacks[0]?.template as {
    Resources: Record<string, { Type: string }>;
  };
  return Object.values(template.Resources).map(({ Type }) => Type);
}

function inWords(types: readonly string[]): string {
  return types.map((type) => type.split('::').pop() ?? type).join(', ');
}
