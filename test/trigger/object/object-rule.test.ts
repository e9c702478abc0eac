import { Lazy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ObjectTriggerOptions, ServerlessApp } from 'cdk-serverless-app';
import { ids, only, quickApp } from '../../support/synth';

const RULE = 'AWS::Events::Rule';

interface Rule {
  readonly Description: string;
  readonly EventPattern: { readonly detail: Record<string, unknown> };
  readonly Targets: unknown[];
}

/** The rule for an imported bucket, whose events come by EventBridge. */
function ruleFor(options: ObjectTriggerOptions, id = 'F'): { rule: Rule; ruleId: string } {
  const { app, stack } = quickApp();
  follow(app, s3.Bucket.fromBucketName(stack, 'Imported', 'theirs'), options, id);
  return { rule: only(stack, RULE) as unknown as Rule, ruleId: ids(stack, RULE)[0] ?? '' };
}

function follow(
  app: ServerlessApp,
  bucket: s3.IBucket,
  options: ObjectTriggerOptions,
  id: string,
): void {
  app.onObjectCreated(bucket, 'ok.ts', { id, ...options });
}

test('a rule matches the events of that bucket', () => {
  expect(ruleFor({}).rule).toMatchObject({
    Description: 'Runs Test/App/F',
    EventPattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: ['theirs'] } },
    },
  });
});

test.each<[ObjectTriggerOptions, unknown]>([
  [{ prefix: 'in/' }, { prefix: 'in/' }],
  [{ suffix: '.jpg' }, { suffix: '.jpg' }],
  [{ prefix: 'in/', suffix: '.jpg' }, { wildcard: 'in/*.jpg' }],
  [{ prefix: 'a\\b =', suffix: '\\' }, { wildcard: 'a\\\\b =*\\\\' }],
])('with %j it matches the key %j', (options, key) => {
  expect(ruleFor(options).rule.EventPattern.detail).toMatchObject({ object: { key: [key] } });
});

test('without prefix and suffix it matches all keys', () => {
  expect(ruleFor({}).rule.EventPattern.detail).not.toHaveProperty('object');
});

test('undelivered events are retried, and then go to the failure queue', () => {
  expect(ruleFor({}).rule.Targets).toEqual([
    expect.objectContaining({
      DeadLetterConfig: {
        Arn: { 'Fn::GetAtt': [expect.stringMatching(/^AppFailureQueue/), 'Arn'] },
      },
      RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 },
    }),
  ]);
});

test('a description is shortened to EventBridge’s limit', () => {
  const { Description } = ruleFor({}, `F${'x'.repeat(600)}`).rule;

  expect(Description).toHaveLength(512);
});

test.each<[ObjectTriggerOptions, RegExp]>([
  [{}, /^AppFObjectsTestImported[0-9A-F]{8}/],
  [{ prefix: 'in/a b' }, /inab/],
  [{ suffix: '.jpg' }, /[0-9A-F]jpg/],
  [{ prefix: 'in/', suffix: '.jpg' }, /injpg/], // a logical id has no hyphen
  [{ prefix: Lazy.string({ produce: () => 'x' }), suffix: '.jpg' }, /tokenjpg/],
])('with %j it has a matching id', (options, id) => {
  expect(ruleFor(options).ruleId).toMatch(id);
});
