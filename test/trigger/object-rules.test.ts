import { Lazy, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ObjectTriggerOptions, ServerlessApp, Trigger } from 'cdk-serverless-app';
import { resourceStatements } from '../support/policies';
import { all, ids, quickApp, resources } from '../support/synth';

const PERMISSION = 'AWS::Lambda::Permission';
const RULE = 'AWS::Events::Rule';
const { EventType } = s3;

/** What is asked of EventBridge for an imported bucket, a rule each: the names of events, and what else they must have. */
function asked(...eventTypes: s3.EventType[]): unknown[] {
  const { stack } = importing({ eventTypes });
  return all(stack, RULE).map(({ EventPattern }) => {
    const { 'detail-type': names, detail } = EventPattern as {
      'detail-type': string[];
      detail: Record<string, unknown>;
    };
    const { bucket, ...filter } = detail;
    return [names, filter];
  });
}

function importing(...options: ObjectTriggerOptions[]): { app: ServerlessApp; stack: Stack } {
  const made = quickApp();
  const bucket = s3.Bucket.fromBucketName(made.stack, 'Imported', 'theirs');
  made.app.addFunction('F', {
    entry: 'ok.ts',
    triggers: options.map((option) => Trigger.objectCreated(bucket, option)),
  });
  return made;
}

describe('several kinds of events', () => {
  test('share a rule if they filter by the same fields', () => {
    expect(asked(EventType.OBJECT_CREATED_PUT, EventType.OBJECT_CREATED_COPY)).toEqual([
      [['Object Created'], { reason: ['PutObject', 'CopyObject'] }],
    ]);
  });

  test('share it also for created and deleted objects, whose reasons differ', () => {
    expect(asked(EventType.OBJECT_CREATED_PUT, EventType.OBJECT_REMOVED)).toEqual([
      [['Object Created', 'Object Deleted'], { reason: ['PutObject', 'DeleteObject'] }],
    ]);
  });

  test('have a rule each if only one has a filter', () => {
    expect(asked(EventType.OBJECT_CREATED, EventType.OBJECT_REMOVED)).toEqual([
      [['Object Created'], {}],
      [['Object Deleted'], { reason: ['DeleteObject'] }],
    ]);
  });

  test('have a rule each if one would narrow the other', () => {
    const { OBJECT_REMOVED_DELETE, LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED } = EventType;

    expect(asked(OBJECT_REMOVED_DELETE, LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED)).toEqual([
      [['Object Deleted'], { reason: ['DeleteObject'], 'deletion-type': ['Permanently Deleted'] }],
      [
        ['Object Deleted'],
        { reason: ['Lifecycle Expiration'], 'deletion-type': ['Delete Marker Created'] },
      ],
    ]);
  });

  test('keep the ids of their rules in any order', () => {
    const eventTypes = [
      EventType.OBJECT_CREATED,
      EventType.OBJECT_REMOVED_DELETE,
      EventType.OBJECT_REMOVED_DELETE_MARKER_CREATED,
      EventType.LIFECYCLE_EXPIRATION,
    ];
    const names = (types: s3.EventType[]): Record<string, unknown> => {
      const found = resources(importing({ eventTypes: types }).stack, RULE);
      return Object.fromEntries(
        Object.entries(found).map(([id, { Properties }]) => [id, Properties?.EventPattern]),
      );
    };

    expect(Object.keys(names(eventTypes))).toHaveLength(4);
    expect(names([...eventTypes].reverse())).toEqual(names(eventTypes));
  });

  test('keep the id of an existing rule when another kind is added', () => {
    const before = ids(importing({}).stack, RULE);
    const eventTypes = [EventType.OBJECT_REMOVED, EventType.OBJECT_CREATED];

    expect(ids(importing({ eventTypes }).stack, RULE)).toEqual(expect.arrayContaining(before));
  });
});

describe('the rule', () => {
  test.each<[string, (token: string) => ObjectTriggerOptions]>([
    ['prefix', (prefix) => ({ prefix })],
    ['suffix', (suffix) => ({ suffix })],
    ['prefix with a token in it', (token) => ({ prefix: `in/${token}` })],
  ])('keeps its id if the %s is a token, independent of other tokens', (_, filter) => {
    const idAfter = (tokens: number): string[] => {
      for (let made = 0; made < tokens; made += 1) {
        Lazy.string({ produce: () => 'another' });
      }
      return ids(importing(filter(Lazy.string({ produce: () => 'a' }))).stack, RULE);
    };

    expect(idAfter(3)).toEqual(idAfter(0));
  });

  test('is the only rule that may run the function', () => {
    const { stack } = importing({});

    expect(all(stack, PERMISSION)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': [expect.stringMatching(/^AppFFunction/), 'Arn'] },
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [ids(stack, RULE)[0], 'Arn'] },
      },
    ]);
  });

  test('has its own permission if there are several', () => {
    const { stack } = importing({ prefix: 'a' }, { prefix: 'b' });

    expect(all(stack, PERMISSION).map(({ SourceArn }) => SourceArn)).toEqual(
      ids(stack, RULE).map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
    );
  });

  test('does not repeat a statement of the failure queue’s policy', () => {
    const sends = (stack: Stack): unknown[] =>
      resourceStatements(stack).filter(({ actions }) => actions.includes('sqs:SendMessage'));

    const { stack } = importing({ prefix: 'a' }, { prefix: 'b' }, { prefix: 'c' });

    expect(sends(stack)).toHaveLength(1);
  });
});
