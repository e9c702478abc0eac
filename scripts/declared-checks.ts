import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Access } from '../lib/access/access';
import { AppFunctionProps } from '../lib/function/app-function-props';
import { ColdStart } from '../lib/function/cold-start';
import { ServerlessApp } from '../lib/app/serverless-app';
import { Trigger } from '../lib/trigger/trigger';

/** Invalid input that throws an error from the user's line of code. */
export interface DeclaredCheck {
  readonly what: string;
  /** Violates the rule. Absent if that takes more than a few lines, like 250 MB of code. */
  readonly breaks?: (app: ServerlessApp) => unknown;
}

const CODE = {
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
  handler: 'index.handler',
  runtime: lambda.Runtime.NODEJS_24_X,
};

function add(app: ServerlessApp, props: Partial<AppFunctionProps>): unknown {
  return app.addFunction('Resize', { ...CODE, ...props });
}

/** In the order of the documentation. A test breaks each of them. */
export const DECLARED_CHECKS: readonly DeclaredCheck[] = [
  {
    what: 'memory from 128 to 10,240 MB',
    breaks: (app) => add(app, { memorySize: 64 }),
  },
  {
    what: 'timeout from 1 s to 15 minutes',
    breaks: (app) => add(app, { timeout: Duration.minutes(16) }),
  },
  {
    what: '`/tmp` from 512 to 10,240 MB',
    breaks: (app) => add(app, { ephemeralStorageSize: Size.mebibytes(256) }),
  },
  {
    what: 'at most 5 layers',
    breaks: (app) => {
      const arn = 'arn:aws:lambda:us-east-1:123456789012:layer:mine:';
      const layers = [1, 2, 3, 4, 5, 6].map((n) =>
        lambda.LayerVersion.fromLayerVersionArn(app, `Layer${n}`, `${arn}${n}`),
      );
      return add(app, { layers });
    },
  },
  {
    what: 'reserved concurrency of at least 1; for 0, use `disabled`',
    breaks: (app) => add(app, { reservedConcurrentExecutions: 0 }),
  },
  {
    what: 'provisioned concurrency of at least 1, also by schedule',
    breaks: (app) => add(app, { coldStart: ColdStart.provisioned({ min: 0 }) }),
  },
  {
    what: '`max` of provisioned concurrency not below `min`',
    breaks: (app) => add(app, { coldStart: ColdStart.provisioned({ min: 3, max: 2 }) }),
  },
  {
    what: 'SnapStart only for runtimes that support it, without a file system and with 512 MB of `/tmp`',
    breaks: (app) => add(app, { coldStart: ColdStart.snapStart() }),
  },
  {
    what: 'SnapStart and provisioned concurrency only through `coldStart`, which cannot request both',
    breaks: (app) => add(app, { snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS }),
  },
  {
    what: 'no environment variables that Lambda reserves',
    breaks: (app) => add(app, { environment: { AWS_REGION: 'eu-west-1' } }),
  },
  {
    what: 'one value for each environment variable that access sets',
    breaks: (app) => {
      const [one, other] = [app.addBucket('Images'), app.addBucket('Thumbs')];
      const options = { environmentVariable: 'BUCKET' };
      return add(app, { access: [Access.read(one, options), Access.write(other, options)] });
    },
  },
  {
    what: 'a valid API Gateway route',
    breaks: (app) => add(app, { triggers: [Trigger.http('GET images')] }),
  },
  {
    what: 'route parameters in the syntax of API Gateway',
    breaks: (app) => add(app, { triggers: [Trigger.http('GET /images/:id')] }),
  },
  {
    what: 'each route only once, regardless of parameter names',
    breaks: (app) => add(app, { triggers: [Trigger.http('GET /{a}'), Trigger.http('GET /{b}')] }),
  },
  {
    what: 'each S3 event type only once in a trigger',
    breaks: (app) =>
      add(app, {
        triggers: [
          Trigger.objectCreated(app.addBucket('Images'), {
            eventTypes: [s3.EventType.OBJECT_CREATED, s3.EventType.OBJECT_CREATED_PUT],
          }),
        ],
      }),
  },
  {
    what: 'no wildcard in a prefix or suffix, which S3 treats literally',
    breaks: (app) =>
      add(app, {
        triggers: [Trigger.objectCreated(app.addBucket('Images'), { suffix: '*.png' })],
      }),
  },
  {
    what: 'a table with a stream',
    breaks: (app) =>
      add(app, {
        triggers: [Trigger.tableChanges(dynamodb.Table.fromTableName(app, 'Orders', 'orders'))],
      }),
  },
  {
    what: 'each table stream only once for a function, within Lambda’s ranges for batches, windows and retries',
    breaks: (app) =>
      add(app, {
        triggers: [
          Trigger.tableChanges(app.addTable('Orders', { partitionKey: 'id' }), {
            batchSize: 10_001,
          }),
        ],
      }),
  },
  {
    what: 'only filters that can match a change of the table: in a record, numbers are text and each attribute has a type; a stream may have no images',
    breaks: (app) =>
      add(app, {
        triggers: [
          Trigger.tableChanges(app.addTable('Orders', { partitionKey: 'id' }), {
            filters: [
              lambda.FilterCriteria.filter({
                dynamodb: { NewImage: { total: { N: lambda.FilterRule.between(1, 5) } } },
              }),
            ],
          }),
        ],
      }),
  },
  {
    what: 'a domain name without a scheme, port or path, in its hosted zone, with a certificate from the API’s region',
    breaks: (app) => {
      const certificate = acm.Certificate.fromCertificateArn(
        app,
        'Certificate',
        'arn:aws:acm:us-east-1:123456789012:certificate/x',
      );
      const domain = { domainName: 'https://api.example.com', certificate };
      const other = new ServerlessApp(Stack.of(app), 'Api', { http: { domain } });
      return other.api;
    },
  },
  {
    what: 'a valid EventBridge Scheduler expression',
    breaks: (app) =>
      add(app, { triggers: [Trigger.schedule(ScheduleExpression.expression('cron(0 2 * *)'))] }),
  },
  {
    what: 'table throughput within DynamoDB’s limits',
    breaks: (app) =>
      app.addTable('Orders', {
        partitionKey: 'id',
        warmThroughput: { readUnitsPerSecond: 100 },
      }),
  },
  {
    what: 'at most 250 MB of unzipped code; the error names its largest parts',
  },
  {
    what: 'native code built for Lambda, in packages listed in `bundling.nodeModules`',
  },
];

/** The error a user sees for violating the rule. */
export function messageOf({ breaks }: DeclaredCheck): string | undefined {
  if (breaks === undefined) {
    return undefined;
  }
  const app = new ServerlessApp(new Stack(new App(), 'Shop'), 'Shop');
  try {
    breaks(app);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('no error was thrown');
}
