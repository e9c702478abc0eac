import { EventType } from 'aws-cdk-lib/aws-s3';
import { PropCheck } from '../../../lib/props/prop-check';
import { ObjectPattern, objectPatterns } from '../../../lib/trigger/object/object-patterns';

const check = new PropCheck('Test/App', 'functions.F');
const patterns = (...eventTypes: EventType[]): ObjectPattern[] => objectPatterns(check, eventTypes);

const {
  OBJECT_CREATED,
  OBJECT_CREATED_COPY,
  OBJECT_CREATED_PUT,
  OBJECT_REMOVED,
  OBJECT_REMOVED_DELETE,
  OBJECT_REMOVED_DELETE_MARKER_CREATED,
  LIFECYCLE_EXPIRATION,
  LIFECYCLE_EXPIRATION_DELETE,
  OBJECT_TAGGING,
} = EventType;

test.each<[string, EventType[], ObjectPattern[]]>([
  ['no kinds have no pattern', [], []],
  [
    'all that are created',
    [OBJECT_CREATED],
    [{ id: '', detailTypes: ['Object Created'], detail: {} }],
  ],
  [
    'one kind, by its reason',
    [OBJECT_CREATED_PUT],
    [{ id: 'ByReason', detailTypes: ['Object Created'], detail: { reason: ['PutObject'] } }],
  ],
  [
    'two reasons in one pattern',
    [OBJECT_CREATED_PUT, OBJECT_CREATED_COPY],
    [
      {
        id: 'ByReason',
        detailTypes: ['Object Created'],
        detail: { reason: ['PutObject', 'CopyObject'] },
      },
    ],
  ],
  [
    'a kind that is given twice, once',
    [OBJECT_CREATED_PUT, OBJECT_CREATED_PUT],
    [{ id: 'ByReason', detailTypes: ['Object Created'], detail: { reason: ['PutObject'] } }],
  ],
  [
    'created and removed by their reasons, which differ',
    [OBJECT_CREATED_PUT, OBJECT_REMOVED, LIFECYCLE_EXPIRATION],
    [
      {
        id: 'ByReason',
        detailTypes: ['Object Created', 'Object Deleted'],
        detail: { reason: ['PutObject', 'DeleteObject', 'Lifecycle Expiration'] },
      },
    ],
  ],
  [
    'what is deleted for good, by a call or by a rule',
    [OBJECT_REMOVED_DELETE, LIFECYCLE_EXPIRATION_DELETE],
    [
      {
        id: 'PermanentlyDeleted',
        detailTypes: ['Object Deleted'],
        detail: {
          reason: ['DeleteObject', 'Lifecycle Expiration'],
          'deletion-type': ['Permanently Deleted'],
        },
      },
    ],
  ],
  [
    'a marker apart from what is deleted for good',
    [OBJECT_REMOVED_DELETE, OBJECT_REMOVED_DELETE_MARKER_CREATED],
    [
      {
        id: 'PermanentlyDeleted',
        detailTypes: ['Object Deleted'],
        detail: { reason: ['DeleteObject'], 'deletion-type': ['Permanently Deleted'] },
      },
      {
        id: 'DeleteMarkerCreated',
        detailTypes: ['Object Deleted'],
        detail: { reason: ['DeleteObject'], 'deletion-type': ['Delete Marker Created'] },
      },
    ],
  ],
  [
    'what has a reason apart from what has none',
    [OBJECT_REMOVED, OBJECT_TAGGING],
    [
      { id: 'ByReason', detailTypes: ['Object Deleted'], detail: { reason: ['DeleteObject'] } },
      { id: '', detailTypes: ['Object Tags Added', 'Object Tags Deleted'], detail: {} },
    ],
  ],
])('%s', (_name, eventTypes, expected) => {
  expect(patterns(...eventTypes)).toEqual(expected);
});

describe('a kind of event', () => {
  test.each<[EventType, string[], Record<string, string[]>]>([
    [EventType.OBJECT_CREATED, ['Object Created'], {}],
    [EventType.OBJECT_CREATED_PUT, ['Object Created'], { reason: ['PutObject'] }],
    [EventType.OBJECT_CREATED_POST, ['Object Created'], { reason: ['POST Object'] }],
    [EventType.OBJECT_CREATED_COPY, ['Object Created'], { reason: ['CopyObject'] }],
    [
      EventType.OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD,
      ['Object Created'],
      { reason: ['CompleteMultipartUpload'] },
    ],
    [EventType.OBJECT_REMOVED, ['Object Deleted'], { reason: ['DeleteObject'] }],
    [
      EventType.OBJECT_REMOVED_DELETE,
      ['Object Deleted'],
      { reason: ['DeleteObject'], 'deletion-type': ['Permanently Deleted'] },
    ],
    [
      EventType.OBJECT_REMOVED_DELETE_MARKER_CREATED,
      ['Object Deleted'],
      { reason: ['DeleteObject'], 'deletion-type': ['Delete Marker Created'] },
    ],
    [EventType.LIFECYCLE_EXPIRATION, ['Object Deleted'], { reason: ['Lifecycle Expiration'] }],
    [
      EventType.LIFECYCLE_EXPIRATION_DELETE,
      ['Object Deleted'],
      { reason: ['Lifecycle Expiration'], 'deletion-type': ['Permanently Deleted'] },
    ],
    [
      EventType.LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED,
      ['Object Deleted'],
      { reason: ['Lifecycle Expiration'], 'deletion-type': ['Delete Marker Created'] },
    ],
    [
      EventType.OBJECT_RESTORE,
      ['Object Restore Initiated', 'Object Restore Completed', 'Object Restore Expired'],
      {},
    ],
    [EventType.OBJECT_RESTORE_POST, ['Object Restore Initiated'], {}],
    [EventType.OBJECT_RESTORE_COMPLETED, ['Object Restore Completed'], {}],
    [EventType.OBJECT_RESTORE_DELETE, ['Object Restore Expired'], {}],
    [EventType.LIFECYCLE_TRANSITION, ['Object Storage Class Changed'], {}],
    [EventType.INTELLIGENT_TIERING, ['Object Access Tier Changed'], {}],
    [EventType.OBJECT_TAGGING, ['Object Tags Added', 'Object Tags Deleted'], {}],
    [EventType.OBJECT_TAGGING_PUT, ['Object Tags Added'], {}],
    [EventType.OBJECT_TAGGING_DELETE, ['Object Tags Deleted'], {}],
    [EventType.OBJECT_ACL_PUT, ['Object ACL Updated'], {}],
  ])('%s is %j, in a rule %j', (eventType, names, filter) => {
    expect(patterns(eventType)).toEqual([
      { id: expect.any(String) as unknown, detailTypes: names, detail: filter },
    ]);
  });

  test.each([
    EventType.REDUCED_REDUNDANCY_LOST_OBJECT,
    EventType.REPLICATION,
    EventType.REPLICATION_OPERATION_FAILED_REPLICATION,
  ])('%s fails, since EventBridge does not know it', (eventType) => {
    expect(() => patterns(eventType)).toThrow(
      `Test/App: \`functions.F.eventTypes\` must contain only event types that EventBridge supports, because the bucket’s events arrive through it, got "${eventType}": leave it out, or create the bucket with \`addBucket\``,
    );
  });
});
