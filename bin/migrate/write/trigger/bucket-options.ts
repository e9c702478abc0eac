import type { EventOf } from '../../model';
import { code, list, Node, object } from '../print';
import { NotCarried, Scope } from '../scope';
import { textNode } from '../values';

const OBJECT_EVENTS: Readonly<Record<string, string>> = {
  's3:ObjectCreated:*': 'OBJECT_CREATED',
  's3:ObjectCreated:Put': 'OBJECT_CREATED_PUT',
  's3:ObjectCreated:Post': 'OBJECT_CREATED_POST',
  's3:ObjectCreated:Copy': 'OBJECT_CREATED_COPY',
  's3:ObjectCreated:CompleteMultipartUpload': 'OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD',
  's3:ObjectRemoved:*': 'OBJECT_REMOVED',
  's3:ObjectRemoved:Delete': 'OBJECT_REMOVED_DELETE',
  's3:ObjectRemoved:DeleteMarkerCreated': 'OBJECT_REMOVED_DELETE_MARKER_CREATED',
  's3:ObjectRestore:Completed': 'OBJECT_RESTORE_COMPLETED',
};

export function bucketOptions(event: EventOf<'bucket'>, scope: Scope, at: string): Node {
  if (event.source.logicalId === undefined && event.source.makes === undefined) {
    scope.note(
      'differs',
      at,
      'events of an existing bucket come through EventBridge: turn them on in the bucket (`EventBridgeConfiguration`). The handler then gets an EventBridge event (`event.detail.bucket.name`, `event.detail.object.key`), not `event.Records`',
    );
  }
  const types = event.events.map((one) => {
    const name = OBJECT_EVENTS[one];
    if (name === undefined) {
      throw new NotCarried(`the migration does not know the S3 event ${one}`);
    }
    return name;
  });
  const isDefault = types.length === 1 && types[0] === 'OBJECT_CREATED';
  return object({
    prefix: event.prefix === undefined ? undefined : textNode(event.prefix, scope),
    suffix: event.suffix === undefined ? undefined : textNode(event.suffix, scope),
    eventTypes: isDefault
      ? undefined
      : list(types.map((one) => code(`${scope.module('s3')}.EventType.${one}`))),
  });
}
