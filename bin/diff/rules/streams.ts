import type { Finding } from '../finding';
import { changesOf, Plan } from '../plan';
import { stableJson } from '../references';

/** Mappings of streams that are made anew: the new one knows nothing of what the old one had left to do. */
export function streamMappings(plan: Plan): Finding[] {
  const ending = new Map(
    changesOf(plan, 'delete', 'replace')
      .filter(({ before }) => before?.type === 'AWS::Lambda::EventSourceMapping')
      .map(({ before }) => [stableJson(before?.properties.EventSourceArn), before?.label ?? '']),
  );
  return changesOf(plan, 'create', 'replace').flatMap(({ after }): Finding[] => {
    if (
      after?.type !== 'AWS::Lambda::EventSourceMapping' ||
      after.properties.StartingPosition === undefined
    ) {
      return [];
    }
    const old = ending.get(stableJson(after.properties.EventSourceArn));
    if (old === undefined) {
      return [];
    }
    return after.properties.StartingPosition === 'LATEST'
      ? [
          {
            kind: 'events-lost',
            resource: after.label,
            what: `takes the place of ${old} and starts with the latest record: what that had not processed is lost`,
            remedy:
              'start at `TRIM_HORIZON`, or wait until the iterator age is 0 and nothing is written',
            source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
          },
        ]
      : [
          {
            kind: 'events-repeated',
            resource: after.label,
            what: `takes the place of ${old} and starts with the oldest record: changes of the last 24 hours are processed once more`,
            remedy: 'nothing, where the function is idempotent',
            source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
          },
        ];
  });
}
