import type { EventModel, SourceModel } from '../../model';
import { isMap, listOf, mapOf, referenceOf, textOf, Value } from '../../value';
import { normalized } from '../logical-names';

export function readBucket(value: Value): EventModel {
  const given = mapOf(value);
  const bucket = isMap(value) && given.bucket !== undefined ? given.bucket : value;
  const rules = listOf(given.rules).map(mapOf);
  const rule = (name: string): Value =>
    rules.map((one) => one[name]).find((one) => one !== undefined);
  const logicalId = referenceOf(bucket);
  const source: SourceModel =
    logicalId !== undefined
      ? { logicalId }
      : given.existing === true
        ? { name: bucket }
        : { name: bucket, makes: `S3Bucket${normalized(textOf(bucket) ?? 'Bucket')}` };
  return {
    kind: 'bucket',
    source,
    events: [textOf(given.event) ?? 's3:ObjectCreated:*'],
    prefix: rule('prefix'),
    suffix: rule('suffix'),
  };
}
