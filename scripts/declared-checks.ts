import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Access } from '../lib/access/access';
import { AppFunctionProps } from '../lib/function/app-function-props';
import { ColdStart } from '../lib/function/cold-start';
import { ServerlessApp } from '../lib/app/serverless-app';
import { Trigger } from '../lib/trigger/trigger';

/** Wrong input that is an error at once, in the line of the user's code that is wrong. */
export interface DeclaredCheck {
  readonly what: string;
  /** Breaks it; left out where that takes more than a few lines, as with 250 MB of code. */
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
    what: 'reserved concurrency of 1 or more; 0 is `switchedOff`',
    breaks: (app) => add(app, { reservedConcurrentExecutions: 0 }),
  },
  {
    what: 'provisioned concurrency of 1 or more, also at night',
    breaks: (app) => add(app, { coldStart: ColdStart.provisioned({ min: 0 }) }),
  },
  {
    what: '`max` of provisioned concurrency not below `min`',
    breaks: (app) => add(app, { coldStart: ColdStart.provisioned({ min: 3, max: 2 }) }),
  },
  {
    what: 'snapshots for runtimes that have them, without a file system, with 512 MB of `/tmp`',
    breaks: (app) => add(app, { coldStart: ColdStart.snapStart() }),
  },
  {
    what: 'snapshots and provisioned concurrency only by `coldStart`, which cannot ask for both',
    breaks: (app) => add(app, { snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS }),
  },
  {
    what: 'environment variables that Lambda lets a function have',
    breaks: (app) => add(app, { environment: { AWS_REGION: 'eu-west-1' } }),
  },
  {
    what: 'one value for each variable that an access sets',
    breaks: (app) => {
      const [one, other] = [app.addBucket('Images'), app.addBucket('Thumbs')];
      const options = { environmentVariable: 'BUCKET' };
      return add(app, { access: [Access.read(one, options), Access.write(other, options)] });
    },
  },
  {
    what: 'a route that API Gateway understands',
    breaks: (app) => add(app, { triggers: [Trigger.http('GET images')] }),
  },
  {
    what: 'the same route once, whatever its parameters are called',
    breaks: (app) => add(app, { triggers: [Trigger.http('GET /{a}'), Trigger.http('GET /{b}')] }),
  },
  {
    what: 'each kind of S3 event once in a trigger',
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
    what: 'a table with a stream',
    breaks: (app) =>
      add(app, {
        triggers: [Trigger.tableChanges(dynamodb.Table.fromTableName(app, 'Orders', 'orders'))],
      }),
  },
  {
    what: 'a table’s stream once for a function, within Lambda’s bounds of batches, windows and retries',
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
    what: 'a schedule that EventBridge Scheduler understands',
    breaks: (app) =>
      add(app, { triggers: [Trigger.schedule(ScheduleExpression.expression('cron(0 2 * *)'))] }),
  },
  {
    what: 'throughput of a table that DynamoDB takes',
    breaks: (app) =>
      app.addTable('Orders', {
        partitionKey: 'id',
        warmThroughput: { readUnitsPerSecond: 100 },
      }),
  },
  {
    what: 'code of at most 250 MB, unzipped; the error names the largest parts of it',
  },
  {
    what: 'native code with a binary for Lambda, in a package that `bundling.nodeModules` names',
  },
];

/** What a user sees who breaks it. */
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
  throw new Error('nothing was refused');
}
