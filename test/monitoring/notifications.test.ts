import { Lazy, Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AppStage, ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import {
  all,
  HANDLERS,
  ids,
  only,
  quickApp,
  quickCdkApp,
  resources,
  serverlessApp,
} from '../support/synth';
import { AppContext } from '../../lib/core/app-context';

const ALARM = 'AWS::CloudWatch::Alarm';
const TOPIC = 'AWS::SNS::Topic';
const KEY = 'AWS::KMS::Key';
const SUBSCRIPTION = 'AWS::SNS::Subscription';
const POLICY = 'AWS::SNS::TopicPolicy';

const ACCOUNT = { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } };

interface Statement {
  readonly Effect: string;
  readonly Action: unknown;
  readonly Principal: Record<string, unknown>;
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

function told(props: ServerlessAppProps): Stack {
  const { app, stack } = quickApp(props);
  app.onRequest('GET /', 'ok.ts');
  return stack;
}

function statements(policy: Record<string, unknown>, name: string): Statement[] {
  return (policy[name] as { Statement: Statement[] }).Statement;
}

describe('the topic of the app', () => {
  test('emails each address', () => {
    const stack = told({ notify: ['ops@example.com', 'dev@example.com'] });

    expect(all(stack, SUBSCRIPTION)).toEqual([
      { Endpoint: 'ops@example.com', Protocol: 'email', TopicArn: { Ref: ids(stack, TOPIC)[0] } },
      { Endpoint: 'dev@example.com', Protocol: 'email', TopicArn: { Ref: ids(stack, TOPIC)[0] } },
    ]);
  });

  test('an additional address does not change the others', () => {
    const one = ids(told({ notify: ['ops@example.com'] }), SUBSCRIPTION);
    const two = ids(told({ notify: ['dev@example.com', 'ops@example.com'] }), SUBSCRIPTION);

    expect(two).toEqual(expect.arrayContaining(one));
  });

  test('accepts messages only over TLS', () => {
    const [deny] = statements(
      only(told({ notify: ['ops@example.com'] }), POLICY),
      'PolicyDocument',
    );

    expect(deny).toMatchObject({
      Effect: 'Deny',
      Action: 'sns:Publish',
      Principal: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  test.each([
    [
      'cloudwatch.amazonaws.com',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':cloudwatch:',
        { Ref: 'AWS::Region' },
        ':',
        { Ref: 'AWS::AccountId' },
        ':alarm:*',
      ],
    ],
    [
      'budgets.amazonaws.com',
      ['arn:', { Ref: 'AWS::Partition' }, ':budgets::', { Ref: 'AWS::AccountId' }, ':*'],
    ],
  ])('allows %s of this account to publish', (Service, arn) => {
    const stack = told({ notify: ['ops@example.com'] });

    expect(statements(only(stack, POLICY), 'PolicyDocument')).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service },
        Resource: { Ref: ids(stack, TOPIC)[0] },
        Condition: {
          StringEquals: ACCOUNT,
          ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', arn] } },
        },
      }),
    );
  });

  test('is encrypted with a key that the publishers may use, that rotates every year, and that is deleted with the stack', () => {
    const stack = told({ notify: ['ops@example.com'] });

    expect(only(stack, TOPIC).KmsMasterKeyId).toEqual({
      'Fn::GetAtt': [ids(stack, KEY)[0], 'Arn'],
    });
    expect(only(stack, KEY)).toMatchObject({ EnableKeyRotation: true, PendingWindowInDays: 7 });
    expect(Object.values(resources(stack, KEY))[0]).toMatchObject({ DeletionPolicy: 'Delete' });
    expect(statements(only(stack, KEY), 'KeyPolicy')[1]).toEqual({
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
      Resource: '*',
      Condition: { StringEquals: ACCOUNT },
    });
  });

  test('exists once, with one key, which the model contains', () => {
    const { app, stack } = serverlessApp({ notify: ['ops@example.com'] });
    app.onRequest('GET /', 'ok.ts');
    app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'other.ts');

    expect([ids(stack, TOPIC).length, ids(stack, KEY).length]).toEqual([1, 1]);
    expect(AppContext.of(app).model.keys.map(({ path, made }) => [path, made])).toEqual([
      ['Test/App/AppAlarms/TopicKey', true],
    ]);
  });

  test('is not created without an alarm', () => {
    const stack = told({ notify: ['ops@example.com'], stage: AppStage.DEVELOPMENT });

    expect([...ids(stack, TOPIC), ...ids(stack, KEY), ...ids(stack, ALARM)]).toEqual([]);
  });

  test('is notified by every alarm', () => {
    const stack = told({ notify: ['ops@example.com'] });

    const alarms = all(stack, ALARM);
    expect(alarms.length).toBeGreaterThan(3);
    for (const alarm of alarms) {
      expect(alarm.AlarmActions).toEqual([{ Ref: ids(stack, TOPIC)[0] }]);
      expect(alarm.OKActions).toBeUndefined();
    }
  });
});

describe('a topic of the user', () => {
  const ARN = 'arn:aws:sns:eu-west-1:111111111111:pager';

  test('is notified, and the app creates no topic of its own', () => {
    const topic = sns.Topic.fromTopicArn(new Stack(), 'Pager', ARN);

    const stack = told({ notifyTopic: topic });

    expect([...ids(stack, TOPIC), ...ids(stack, KEY), ...ids(stack, POLICY)]).toEqual([]);
    expect(all(stack, ALARM)[0]?.AlarmActions).toEqual([ARN]);
  });

  test('is notified in addition to the email addresses', () => {
    const topic = sns.Topic.fromTopicArn(new Stack(), 'Pager', ARN);

    const stack = told({ notify: ['ops@example.com'], notifyTopic: topic });

    expect(all(stack, ALARM)[0]?.AlarmActions).toEqual([{ Ref: ids(stack, TOPIC)[0] }, ARN]);
  });

  test('is not changed, even if it is in the same stack', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const notifyTopic = new sns.Topic(stack, 'Pager');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, notifyTopic });
    app.onRequest('GET /', 'ok.ts');

    expect(only(stack, TOPIC)).toEqual({});
    expect(ids(stack, POLICY)).toEqual([]);
    expect(all(stack, ALARM)[0]?.AlarmActions).toEqual([{ Ref: ids(stack, TOPIC)[0] }]);
  });
});

describe('email addresses', () => {
  test.each<[string, unknown, string]>([
    ['none', 'ops', '`notify[0]` must be an email address, got "ops"'],
    ['without a domain', 'ops@', '`notify[0]` must be an email address, got "ops@"'],
    ['without a dot', 'ops@example', 'must be an email address'],
    ['with a space', 'ops team@example.com', 'must be an email address'],
    ['two in one', 'a@example.com,b@example.com', 'must be an email address'],
    ['with a name', 'Ops <ops@example.com>', 'must be an email address'],
    ['of another kind', 'https://hooks.example.com/ops', 'for other targets use your own topic'],
    ['longer than 254', `${'o'.repeat(243)}@example.com`, 'must be an email address'],
    ['no text', 42, '`notify[0]` must be an email address, got 42'],
  ])('fails for an address that is %s', (_what, mail, message) => {
    expect(() => told({ notify: [mail as string] })).toThrow(message);
  });

  test('fails for an empty list', () => {
    expect(() => told({ notify: [] })).toThrow(
      'Test/App: `notify` must have at least one email address, got none: write, for example,',
    );
  });

  test('fails for an address that is given twice', () => {
    expect(() => told({ notify: ['ops@example.com', 'Ops@example.com'] })).toThrow(
      '`notify` must not repeat an address, got "Ops@example.com" twice',
    );
  });

  test('fails for a string instead of a list', () => {
    expect(() => told({ notify: 'ops@example.com' as unknown as string[] })).toThrow(
      '`notify` must be a list of email addresses, got "ops@example.com"',
    );
  });

  test.each([
    'ops+orders@mail.example.co.uk',
    `${'o'.repeat(242)}@example.com`,
    "o'neil@example.com",
  ])('%s is accepted', (mail) => {
    expect(only(told({ notify: [mail] }), SUBSCRIPTION).Endpoint).toBe(mail);
  });

  test('an address that is known only at deployment is accepted', () => {
    const mail = Lazy.string({ produce: () => 'ops@example.com' });
    const { app, stack } = quickApp({ notify: [mail] });
    app.onRequest('GET /', 'ok.ts');

    expect(ids(stack, SUBSCRIPTION)).toHaveLength(1);
  });
});
