import { Aws, CfnParameter, Environment, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Access, IAccess, ServerlessApp } from 'cdk-serverless-app';
import { statementsOf } from '../support/policies';
import { HANDLERS, only, quickCdkApp } from '../support/synth';

const OURS = { account: '111111111111', region: 'eu-west-1' };
const THEIRS = 'eu-west-1:222222222222';

/** The variables of a function with an access, in a stack of the account and region `OURS`. */
function variablesOf(access: (stack: Stack) => IAccess, env: Environment = OURS): unknown {
  return variablesIn(stackWith(access, env));
}

function stackWith(access: (stack: Stack) => IAccess, env: Environment = OURS): Stack {
  const stack = new Stack(quickCdkApp(), 'Test', { env });
  new ServerlessApp(stack, 'App', { root: HANDLERS }).onRequest('GET /', 'ok.ts', {
    access: [access(stack)],
  });
  return stack;
}

function variablesIn(stack: Stack): unknown {
  return (only(stack, 'AWS::Lambda::Function').Environment as { Variables: unknown }).Variables;
}

const table =
  (arn: string) =>
  (stack: Stack): IAccess =>
    Access.read(dynamodb.Table.fromTableArn(stack, 'Orders', arn));

describe('the variable of a resource in another account holds its ARN', () => {
  test.each<[string, (stack: Stack) => IAccess, Record<string, string>]>([
    [
      'table',
      table(`arn:aws:dynamodb:${THEIRS}:table/orders`),
      { ORDERS_TABLE_NAME: `arn:aws:dynamodb:${THEIRS}:table/orders` },
    ],
    [
      'TableV2',
      (stack) =>
        Access.write(
          dynamodb.TableV2.fromTableArn(stack, 'Orders', `arn:aws:dynamodb:${THEIRS}:table/orders`),
        ),
      { ORDERS_TABLE_NAME: `arn:aws:dynamodb:${THEIRS}:table/orders` },
    ],
    [
      'event bus',
      (stack) =>
        Access.putEvents(
          events.EventBus.fromEventBusArn(stack, 'Shop', `arn:aws:events:${THEIRS}:event-bus/shop`),
        ),
      { SHOP_EVENT_BUS_NAME: `arn:aws:events:${THEIRS}:event-bus/shop` },
    ],
    [
      'stream, whose name and ARN are two options of the SDK',
      (stack) =>
        Access.read(
          kinesis.Stream.fromStreamArn(stack, 'Clicks', `arn:aws:kinesis:${THEIRS}:stream/clicks`),
        ),
      { CLICKS_STREAM_ARN: `arn:aws:kinesis:${THEIRS}:stream/clicks` },
    ],
    [
      'parameter',
      (stack) =>
        Access.parameter(
          ssm.StringParameter.fromStringParameterArn(
            stack,
            'Limit',
            `arn:aws:ssm:${THEIRS}:parameter/limit`,
          ),
        ),
      { LIMIT_PARAMETER_NAME: `arn:aws:ssm:${THEIRS}:parameter/limit` },
    ],
    [
      'identity',
      (stack) =>
        Access.sendEmail(
          ses.EmailIdentity.fromEmailIdentityArn(
            stack,
            'Shop',
            `arn:aws:ses:${THEIRS}:identity/example.com`,
          ),
        ),
      { SHOP_IDENTITY_ARN: `arn:aws:ses:${THEIRS}:identity/example.com` },
    ],
    [
      'access point',
      (stack) =>
        Access.read(
          s3.Bucket.fromBucketArn(stack, 'Files', `arn:aws:s3:${THEIRS}:accesspoint/files`),
        ),
      { FILES_BUCKET_NAME: `arn:aws:s3:${THEIRS}:accesspoint/files` },
    ],
    [
      'access point of Object Lambda',
      (stack) =>
        Access.read(
          s3.Bucket.fromBucketArn(
            stack,
            'Files',
            `arn:aws:s3-object-lambda:${THEIRS}:accesspoint/files`,
          ),
        ),
      { FILES_BUCKET_NAME: `arn:aws:s3-object-lambda:${THEIRS}:accesspoint/files` },
    ],
    [
      'access point of Outposts',
      (stack) =>
        Access.read(
          s3.Bucket.fromBucketArn(
            stack,
            'Files',
            `arn:aws:s3-outposts:${THEIRS}:outpost/op-1/accesspoint/files`,
          ),
        ),
      { FILES_BUCKET_NAME: `arn:aws:s3-outposts:${THEIRS}:outpost/op-1/accesspoint/files` },
    ],
  ])('%s', (_what, access, variables) => {
    expect(variablesOf(access)).toEqual(variables);
  });
});

describe('the variable of a table holds', () => {
  test.each<[string, string, Environment, string]>([
    [
      'the ARN in another region',
      'arn:aws:dynamodb:us-east-1:111111111111:table/orders',
      OURS,
      'arn:aws:dynamodb:us-east-1:111111111111:table/orders',
    ],
    [
      'the ARN if the account of the deployment is unknown',
      'arn:aws:dynamodb:eu-west-1:111111111111:table/orders',
      {},
      'arn:aws:dynamodb:eu-west-1:111111111111:table/orders',
    ],
    [
      'the name in the same account and region',
      'arn:aws:dynamodb:eu-west-1:111111111111:table/orders',
      OURS,
      'orders',
    ],
    [
      'the name if the ARN is in the account and region of the stack',
      `arn:aws:dynamodb:${Aws.REGION}:${Aws.ACCOUNT_ID}:table/orders`,
      OURS,
      'orders',
    ],
    [
      'the name if both are those of the deployment',
      `arn:aws:dynamodb:${Aws.REGION}:${Aws.ACCOUNT_ID}:table/orders`,
      {},
      'orders',
    ],
  ])('%s', (_what, arn, env, value) => {
    expect(variablesOf(table(arn), env)).toEqual({ ORDERS_TABLE_NAME: value });
  });

  test('the ARN if it is known at deployment only', () => {
    const variables = variablesOf((stack) => {
      const arn = new CfnParameter(stack, 'OrdersArn').valueAsString;
      return Access.read(dynamodb.Table.fromTableArn(stack, 'Orders', arn));
    });

    expect(variables).toEqual({ ORDERS_TABLE_NAME: { Ref: 'OrdersArn' } });
  });

  test('the ARN of one that a stack of another region makes', () => {
    const app = quickCdkApp();
    const other = new Stack(app, 'Other', { env: { ...OURS, region: 'us-east-1' } });
    const stack = new Stack(app, 'Test', { env: OURS });
    const orders = new dynamodb.TableV2(other, 'Orders', {
      tableName: 'orders',
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });

    new ServerlessApp(stack, 'App', { root: HANDLERS }).onRequest('GET /', 'ok.ts').reads(orders);

    expect(JSON.stringify(variablesIn(stack))).toContain(
      ':dynamodb:us-east-1:111111111111:table/orders',
    );
  });
});

test('the name of a bucket is global, so its variable holds the name', () => {
  const variables = variablesOf((stack) =>
    Access.read(
      s3.Bucket.fromBucketAttributes(stack, 'Files', {
        bucketName: 'their-files',
        account: '222222222222',
        region: 'us-east-1',
      }),
    ),
  );

  expect(variables).toEqual({ FILES_BUCKET_NAME: 'their-files' });
});

test('the objects of an access point are granted by the ARNs that S3 gives them', () => {
  const arn = `arn:aws:s3:${THEIRS}:accesspoint/files`;

  const stack = stackWith((scope) =>
    Access.readWrite(s3.Bucket.fromBucketArn(scope, 'Files', arn), { prefix: 'in/' }),
  );

  const granted = statementsOf(stack, 'AppOkRole').filter(({ actions }) =>
    actions.some((action) => action.startsWith('s3:')),
  );
  expect(granted.map(({ actions, resources }) => [actions, resources])).toEqual([
    [['s3:ListBucket'], [JSON.stringify(arn)]],
    [
      ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      [JSON.stringify(`${arn}/object/in/*`)],
    ],
  ]);
});

test('fails for a user pool of another account, which Cognito lets nobody else administer', () => {
  const pool = (stack: Stack): IAccess =>
    Access.userPoolAdmin(
      cognito.UserPool.fromUserPoolArn(
        stack,
        'Users',
        `arn:aws:cognito-idp:${THEIRS}:userpool/eu-west-1_abc`,
      ),
      ['AdminGetUser'],
    );

  expect(() => stackWith(pool)).toThrow(
    'Test/App: `functions.Ok.access` must name a user pool of the account 111111111111, because Cognito has no permissions for other accounts, got Test/Users, of the account 222222222222: call a function of that account instead, with `Access.invoke`',
  );
});
