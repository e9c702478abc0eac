import * as s3 from 'aws-cdk-lib/aws-s3';
import type { PropCheck } from '../../props/prop-check';

/** The EventBridge name of a kind of event, and the field that distinguishes it from others with that name. */
interface Kind {
  readonly detailType: string;
  readonly reason?: string;
  readonly deletionType?: string;
}

/** One event pattern, and the suffix of its rule's id. */
export interface ObjectPattern {
  readonly id: string;
  readonly detailTypes: string[];
  readonly detail: Readonly<Record<string, string[]>>;
}

const CREATED = 'Object Created';
const DELETED = 'Object Deleted';
const BY_CALL = { detailType: DELETED, reason: 'DeleteObject' };
const BY_LIFECYCLE = { detailType: DELETED, reason: 'Lifecycle Expiration' };
const FOR_GOOD = { deletionType: 'Permanently Deleted' };
const BY_MARKER = { deletionType: 'Delete Marker Created' };
const RESTORE_INITIATED = { detailType: 'Object Restore Initiated' };
const RESTORE_COMPLETED = { detailType: 'Object Restore Completed' };
const RESTORE_EXPIRED = { detailType: 'Object Restore Expired' };
const TAGS_ADDED = { detailType: 'Object Tags Added' };
const TAGS_DELETED = { detailType: 'Object Tags Deleted' };

/**
 * The kinds of S3 events and how EventBridge distinguishes them:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
const KINDS: ReadonlyMap<string, readonly Kind[]> = new Map([
  ['s3:ObjectCreated:*', [{ detailType: CREATED }]],
  ['s3:ObjectCreated:Put', [{ detailType: CREATED, reason: 'PutObject' }]],
  ['s3:ObjectCreated:Post', [{ detailType: CREATED, reason: 'POST Object' }]],
  ['s3:ObjectCreated:Copy', [{ detailType: CREATED, reason: 'CopyObject' }]],
  [
    's3:ObjectCreated:CompleteMultipartUpload',
    [{ detailType: CREATED, reason: 'CompleteMultipartUpload' }],
  ],
  ['s3:ObjectRemoved:*', [BY_CALL]],
  ['s3:ObjectRemoved:Delete', [{ ...BY_CALL, ...FOR_GOOD }]],
  ['s3:ObjectRemoved:DeleteMarkerCreated', [{ ...BY_CALL, ...BY_MARKER }]],
  ['s3:LifecycleExpiration:*', [BY_LIFECYCLE]],
  ['s3:LifecycleExpiration:Delete', [{ ...BY_LIFECYCLE, ...FOR_GOOD }]],
  ['s3:LifecycleExpiration:DeleteMarkerCreated', [{ ...BY_LIFECYCLE, ...BY_MARKER }]],
  ['s3:ObjectRestore:*', [RESTORE_INITIATED, RESTORE_COMPLETED, RESTORE_EXPIRED]],
  ['s3:ObjectRestore:Post', [RESTORE_INITIATED]],
  ['s3:ObjectRestore:Completed', [RESTORE_COMPLETED]],
  ['s3:ObjectRestore:Delete', [RESTORE_EXPIRED]],
  ['s3:LifecycleTransition', [{ detailType: 'Object Storage Class Changed' }]],
  ['s3:IntelligentTiering', [{ detailType: 'Object Access Tier Changed' }]],
  ['s3:ObjectTagging:*', [TAGS_ADDED, TAGS_DELETED]],
  ['s3:ObjectTagging:Put', [TAGS_ADDED]],
  ['s3:ObjectTagging:Delete', [TAGS_DELETED]],
  ['s3:ObjectAcl:Put', [{ detailType: 'Object ACL Updated' }]],
]);

/**
 * The fewest patterns that match exactly these kinds. Kinds that filter by the same fields share a pattern. Creation and deletion
 * have different reasons, so they can share one too.
 */
export function objectPatterns(
  check: PropCheck,
  eventTypes: readonly s3.EventType[],
): ObjectPattern[] {
  const groups = new Map<string, Kind[]>();
  for (const kind of eventTypes.flatMap((eventType) => kindsOf(check, eventType))) {
    const id = idOf(kind);
    groups.set(id, [...(groups.get(id) ?? []), kind]);
  }
  return [...groups].map(([id, kinds]) => {
    const reason = distinct(kinds.map((kind) => kind.reason));
    const deletionType = distinct(kinds.map((kind) => kind.deletionType));
    return {
      id,
      detailTypes: distinct(kinds.map((kind) => kind.detailType)),
      detail: {
        ...(reason.length > 0 ? { reason } : {}),
        ...(deletionType.length > 0 ? { 'deletion-type': deletionType } : {}),
      },
    };
  });
}

function kindsOf(check: PropCheck, eventType: s3.EventType): readonly Kind[] {
  const found = KINDS.get(eventType);
  if (found === undefined) {
    throw check.error(
      'eventTypes',
      'must contain only event types that EventBridge supports, because the bucket’s events arrive through it',
      eventType,
      'leave it out, or create the bucket with `addBucket`',
    );
  }
  return found;
}

/** The id contains the fields that a kind filters by, so adding a kind with the same fields does not replace the rule. */
function idOf(kind: Kind): string {
  if (kind.deletionType !== undefined) {
    return kind.deletionType.replaceAll(' ', '');
  }
  return kind.reason === undefined ? '' : 'ByReason';
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts)].filter((text) => text !== undefined);
}
