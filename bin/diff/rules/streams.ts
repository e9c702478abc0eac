import type { Finding } from '../finding';
import { changesOf, Plan } from '../plan';
import type { PlacedResource, PlacedResources } from '../placed-resource';
import { isReference, referencesIn, stableJson } from '../references';

/** Event source mappings of streams that are created again. The new mapping does not continue where the old one stopped. */
export function streamMappings(plan: Plan): Finding[] {
  const ending = new Map(
    changesOf(plan, 'delete', 'replace')
      .filter(({ before }) => before?.type === 'AWS::Lambda::EventSourceMapping')
      .map(({ before }) => [stableJson(streamOf(before, plan.before)), before?.label ?? '']),
  );
  return changesOf(plan, 'create', 'replace').flatMap(({ after }): Finding[] => {
    if (
      after?.type !== 'AWS::Lambda::EventSourceMapping' ||
      after.properties.StartingPosition === undefined
    ) {
      return [];
    }
    const stream = streamOf(after, plan.after);
    const old = ending.get(stableJson(stream));
    const isNewStream = referencesIn(stream).some(({ $ref }) => plan.newAddress($ref) !== $ref);
    if (old === undefined || isNewStream) {
      return [];
    }
    return after.properties.StartingPosition === 'LATEST'
      ? [
          {
            kind: 'events-lost',
            resource: after.label,
            what: `replaces ${old} and starts with the latest record: records that ${old} had not processed are lost`,
            remedy:
              'start at `TRIM_HORIZON`, or wait until the iterator age is 0 and nothing is written',
            source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
          },
        ]
      : [
          {
            kind: 'events-repeated',
            resource: after.label,
            what: `replaces ${old} and starts with the oldest record: what the stream still holds, by default of the last 24 hours, is processed again`,
            remedy: 'nothing to do if the function is idempotent',
            source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
          },
        ];
  });
}

/** The ARN of the stream that a mapping reads; with enhanced fan-out, the mapping names a consumer of it. */
function streamOf(mapping: PlacedResource | undefined, resources: PlacedResources): unknown {
  const arn = mapping?.properties.EventSourceArn;
  const consumer = isReference(arn) ? resources.get(arn.$ref) : undefined;
  return consumer?.type === 'AWS::Kinesis::StreamConsumer' ? consumer.properties.StreamARN : arn;
}
