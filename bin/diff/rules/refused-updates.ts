import type { Finding } from '../finding';
import type { PlacedResource } from '../placed-resource';
import { Action, Change, changesOf, isDurable, Plan } from '../plan';
import { stableJson } from '../references';
import { isRecord } from '../template';

/** Changes that AWS refuses although its schema allows them, and changes of a resource’s type. */
export function refusedUpdates(plan: Plan): Finding[] {
  return [
    ...durableFunctions(plan),
    ...changesOf(plan, 'update', 'replace').flatMap(refusedChanges),
  ];
}

function refusedChanges(change: Change): Finding[] {
  return [
    ...otherType(change),
    ...scheduleGroup(change),
    ...tableIndexes(change),
    ...tableReplicas(change),
    ...tableStream(change),
  ];
}

function otherType({ before, after }: Change): Finding[] {
  return before === undefined || after === undefined || before.type === after.type
    ? []
    : [
        {
          kind: 'will-fail',
          resource: after.label,
          what: `changes from ${before.type} to ${after.type} under one logical id, which CloudFormation refuses`,
          remedy: 'give the new resource another id',
          source:
            'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html',
        },
      ];
}

function scheduleGroup({ after, properties }: Change): Finding[] {
  return after?.type !== 'AWS::Scheduler::Schedule' || !properties.includes('GroupName')
    ? []
    : [
        {
          kind: 'will-fail',
          resource: after.label,
          what: 'moves to another schedule group: the update looks for it there, does not find it, and fails',
          remedy:
            'remove the schedule in one deployment, and add it to the other group in the next',
          source: 'https://github.com/aws/aws-cdk/issues/34216',
        },
      ];
}

/** Lambda deletes a durable function when none of its executions runs any more. */
function durableFunctions(plan: Plan): Finding[] {
  return changesOf(plan, 'delete', 'replace').flatMap(({ action, before, after }) =>
    before === undefined || !isDurable(before) || /^Retain/.test(policyOf(before, action) ?? '')
      ? []
      : [
          {
            kind: 'may-fail',
            resource: (after ?? before).label,
            what: `is ${action === 'delete' ? 'deleted' : 'replaced'}, and Lambda deletes a durable function only when none of its executions is running: CloudFormation waits for an hour, and then gives up`,
            remedy:
              'wait until its executions have ended, or stop them (`aws lambda stop-durable-execution`)',
            source:
              'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda-readme.html#lambda-with-durable-configuration',
          },
        ],
  );
}

function policyOf(resource: PlacedResource, action: Action): string | undefined {
  return action === 'delete' ? resource.deletionPolicy : resource.updateReplacePolicy;
}

const GLOBAL_TABLE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html';

/** A table that an update changes in place; empty for any other change. */
function updatedTable({
  before,
  after,
  action,
}: Change): Partial<Pick<Change, 'before' | 'after'>> {
  return action !== 'replace' && /^AWS::DynamoDB::(Global)?Table$/.test(after?.type ?? '')
    ? { before, after }
    : {};
}

/** DynamoDB creates or deletes one global secondary index in an update. */
function tableIndexes(change: Change): Finding[] {
  const { before, after } = updatedTable(change);
  if (before === undefined || after === undefined) {
    return [];
  }
  const [was, is] = [indexesOf(before.properties), indexesOf(after.properties)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  // If the key of an index changes, the index is deleted and created again.
  const steps = names.flatMap((name) =>
    was.get(name) === is.get(name) ? [] : was.has(name) && is.has(name) ? [name, name] : [name],
  );
  return steps.length < 2
    ? []
    : [
        {
          kind: 'will-fail',
          resource: after.label,
          what: `creates or deletes ${steps.length} global secondary indexes (${[...new Set(steps)].join(', ')}) in one update, and DynamoDB allows one`,
          remedy: 'deploy once for each index',
          source: GLOBAL_TABLE,
        },
      ];
}

/** CloudFormation adds or removes one replica in an update, except with strong consistency across regions. */
function tableReplicas({ before, after, action }: Change): Finding[] {
  if (after?.type !== 'AWS::DynamoDB::GlobalTable' || action === 'replace') {
    return [];
  }
  const [was, is] = [before, after].map((one) => regionsOf(one?.properties ?? {})) as [
    string[],
    string[],
  ];
  const steps = [
    ...was.filter((region) => !is.includes(region)),
    ...is.filter((region) => !was.includes(region)),
  ];
  return steps.length < 2 || after.properties.MultiRegionConsistency === 'STRONG'
    ? []
    : [
        {
          kind: 'will-fail',
          resource: after.label,
          what: `adds or removes ${steps.length} replicas (${steps.join(', ')}) in one update, and CloudFormation allows one`,
          remedy: 'deploy once for each replica',
          source: GLOBAL_TABLE,
        },
      ];
}

/** DynamoDB refuses another view for an enabled stream, so that the stream has to end. */
function tableStream(change: Change): Finding[] {
  const { before, after } = updatedTable(change);
  if (before === undefined || after === undefined) {
    return [];
  }
  const views = [before, after].map(({ properties: { StreamSpecification: stream } }) =>
    isRecord(stream) ? stream.StreamViewType : undefined,
  );
  return views.includes(undefined) || stableJson(views[0]) === stableJson(views[1])
    ? []
    : [
        {
          kind: 'may-fail',
          resource: after.label,
          what: 'changes the view type of its stream, which DynamoDB refuses while the stream is enabled. If CloudFormation disables the stream first, changes that nobody has read are lost',
          remedy: 'keep the view type: NEW_AND_OLD_IMAGES contains everything that the others do',
          source:
            'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html',
        },
      ];
}

function regionsOf({ Replicas }: Readonly<Record<string, unknown>>): string[] {
  const list = Array.isArray(Replicas) ? (Replicas as unknown[]) : [];
  return list.filter(isRecord).map(({ Region }) => stableJson(Region));
}

function indexesOf({
  GlobalSecondaryIndexes,
}: Readonly<Record<string, unknown>>): Map<string, string> {
  const list = Array.isArray(GlobalSecondaryIndexes) ? (GlobalSecondaryIndexes as unknown[]) : [];
  return new Map(
    list
      .filter(isRecord)
      .map(({ IndexName, KeySchema, Projection }) => [
        stableJson(IndexName),
        stableJson([KeySchema, Projection]),
      ]),
  );
}
