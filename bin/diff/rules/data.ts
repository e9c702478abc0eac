import type { Finding } from '../finding';
import type { PlacedResource } from '../placed-resource';
import { Change, changesOf, Plan } from '../plan';
import { referencesIn } from '../references';
import { resourceSchema } from '../../../lib/model/resource-schema';

/** The contents of a resource type, as text. */
const CONTENTS: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'its items',
  'AWS::DynamoDB::Table': 'its items',
  'AWS::S3::Bucket': 'its objects',
  'AWS::SQS::Queue': 'its messages',
  'AWS::Logs::LogGroup': 'its log events',
  'AWS::Cognito::UserPool': 'its users',
  'AWS::KMS::Key': 'everything that it encrypted, which nobody can decrypt any longer',
  'AWS::SecretsManager::Secret': 'its secret',
  'AWS::Kinesis::Stream': 'its records',
  'AWS::Events::Archive': 'its events',
};

/** An archive holds data, which AWS’s schema does not say. */
function holdsData(type: string): boolean {
  return resourceSchema(type).holdsData || type === 'AWS::Events::Archive';
}

/** Resources with data that are deleted, replaced, or left outside the stack. */
export function dataChanges(plan: Plan): Finding[] {
  return changesOf(plan, 'delete', 'replace', 'update')
    .filter(({ before }) => before !== undefined && holdsData(before.type))
    .flatMap((change) => findingOf(change, plan));
}

function findingOf(change: Change, plan: Plan): Finding | [] {
  const { before, after, action } = change;
  if (before === undefined || (action === 'update' && !mayBeReplaced(change))) {
    return [];
  }
  if (before.type === 'AWS::KMS::Key' && encryptsNothingKept(before.address, plan)) {
    return [];
  }
  const contents = CONTENTS[before.type] ?? 'its data';
  const cause = change.because.length === 0 ? '' : ` (${change.because.join(', ')} changes)`;
  const resource = before.label;
  if (action === 'update') {
    return {
      kind: 'data-replaced',
      resource,
      what: `may be replaced by an empty one: only AWS knows whether this change needs a replacement`,
      remedy: 'look at the change set (`cdk deploy --no-execute`)',
    };
  }
  if (kept(change)) {
    return action === 'replace'
      ? {
          kind: 'data-replaced',
          resource,
          what: `is replaced by an empty one${cause}; the old one stays in the account with ${contents}, outside the stack`,
          remedy: 'copy its contents to the new one, or keep both under different ids',
        }
      : {
          kind: 'left-behind',
          resource,
          what: `leaves the stack and stays in the account with ${contents}`,
          remedy: 'delete it by hand when it is no longer needed',
        };
  }
  const verb = action === 'replace' ? `is replaced by an empty one${cause}` : 'is deleted';
  const protectedBy = protection(before, plan);
  return protectedBy === undefined
    ? {
        kind: 'data-loss',
        resource: after?.label ?? resource,
        what: `${verb}, with ${contents}`,
        remedy: 'first deploy with `RemovalPolicy.RETAIN`, or make a copy',
      }
    : { kind: 'left-behind', resource, what: `${verb}, unless ${protectedBy}` };
}

/** On deletion the deployed template decides. A replacement is safe only if both templates agree. */
function kept({ action, before, after }: Change): boolean {
  const policies =
    action === 'delete'
      ? [before?.deletionPolicy]
      : [before?.updateReplacePolicy, after?.updateReplacePolicy];
  return policies.every((policy) => /^(Retain|Snapshot)/.test(policy ?? ''));
}

/** The reason why AWS refuses to delete the resource, if it does. */
function protection(resource: PlacedResource, { before }: Plan): string | undefined {
  const { type, properties, address } = resource;
  if (type === 'AWS::S3::Bucket') {
    const emptied = [...before.values()].some(
      (other) =>
        other.type === 'Custom::S3AutoDeleteObjects' &&
        referencesIn(other.properties).some(({ $ref }) => $ref === address),
    );
    return emptied
      ? undefined
      : 'it contains objects, in which case the deletion fails and the bucket stays';
  }
  const replicas = Array.isArray(properties.Replicas) ? (properties.Replicas as unknown[]) : [];
  const protects = [properties, ...replicas].some(
    (one) =>
      typeof one === 'object' &&
      one !== null &&
      ['DeletionProtectionEnabled', 'DeletionProtection'].some((name) =>
        [true, 'ACTIVE'].includes((one as Record<string, unknown>)[name] as never),
      ),
  );
  return protects
    ? 'deletion protection is on, in which case the deletion fails and the resource stays'
    : undefined;
}

/** Deleting a key that only protects messages in transit, for example of a topic, loses no data. */
function encryptsNothingKept(key: string, { before }: Plan): boolean {
  const users = [...before.values()].filter(({ properties }) =>
    referencesIn(properties).some(({ $ref }) => $ref === key),
  );
  return users.length > 0 && users.every(({ type }) => !holdsData(type));
}

/** Table indexes have their own rule. */
function mayBeReplaced({ uncertain, before }: Change): boolean {
  return uncertain && !(before?.type ?? '').startsWith('AWS::DynamoDB::');
}
