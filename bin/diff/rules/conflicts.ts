import type { Finding } from '../finding';
import { keyInWords, naturalKeyOf, NATURAL_KEYS } from '../natural-keys';
import type { PlacedResource } from '../placed-resource';
import { Change, changesOf, Plan, waitsFor } from '../plan';

/** A retained resource that an earlier update removed from the stack, by the key that it still holds. */
export interface Leftover {
  readonly key: string;
  readonly label: string;
}

interface Claim {
  readonly key: string;
  readonly change: Change;
  readonly resource: PlacedResource;
}

/** Resources that cannot be created, because the resource that they replace, or another one, still holds their name or key. */
export function conflicts(plan: Plan, leftovers: readonly Leftover[] = []): Finding[] {
  const holders = new Map<string, PlacedResource[]>();
  for (const resource of plan.before.values()) {
    const key = naturalKeyOf(resource, same);
    if (key !== undefined) {
      holders.set(key, [...(holders.get(key) ?? []), resource]);
    }
  }
  const left = new Map(leftovers.map((leftover) => [leftover.key, leftover]));
  return claimsOf(plan).flatMap((claim) => [
    ...(holders.get(claim.key) ?? []).flatMap((holder) => conflictWith(holder, claim, plan)),
    ...[left.get(claim.key)].flatMap((leftover) =>
      leftover === undefined || claim.change.action !== 'create' ? [] : leftBefore(claim, leftover),
    ),
    ...blockedRetry(claim),
  ]);
}

/** Names that remain taken after the update, since their resources are retained. */
export function leftBehind(plan: Plan): Leftover[] {
  return changesOf(plan, 'delete', 'replace').flatMap(({ action, before }) => {
    const policy = action === 'delete' ? before?.deletionPolicy : before?.updateReplacePolicy;
    const key = before === undefined ? undefined : naturalKeyOf(before, same);
    return before === undefined || key === undefined || !/^Retain/.test(policy ?? '')
      ? []
      : { key, label: before.label };
  });
}

function same(address: string): string {
  return address;
}

/** The resources that get a key that they did not have before. */
function claimsOf(plan: Plan): Claim[] {
  return changesOf(plan, 'create', 'replace', 'update').flatMap((change) => {
    const { before, after, action } = change;
    const key = after === undefined ? undefined : naturalKeyOf(after, plan.newAddress);
    if (after === undefined || key === undefined) {
      return [];
    }
    const unchanged =
      action === 'update' && before !== undefined && naturalKeyOf(before, same) === key;
    return unchanged ? [] : { key, change, resource: after };
  });
}

function conflictWith(holder: PlacedResource, claim: Claim, plan: Plan): Finding[] {
  const { change, resource, key } = claim;
  const own = holder.address === resource.address;
  if (own && change.action === 'update') {
    return [];
  }
  const naturalKey = NATURAL_KEYS[resource.type];
  const what = keyInWords(resource.type);
  if (naturalKey?.second === 'shared') {
    return [
      {
        kind: 'downtime',
        resource: resource.label,
        what: `is lost: AWS returns the existing ${what} (${holder.label}), which CloudFormation then deletes`,
        remedy: 'deploy once without it, then once with it',
        source: naturalKey.source,
      },
    ];
  }
  const fate = plan.changes.get(holder.address);
  if (!own && fate?.action === 'update' && fate.after !== undefined) {
    if (naturalKeyOf(fate.after, plan.newAddress) !== key) {
      return waitsFor(resource.address, holder.address, plan.after)
        ? []
        : [
            {
              kind: 'may-fail',
              resource: resource.label,
              what: `takes over the ${what} of ${holder.label}; the order in which CloudFormation updates the two is undefined`,
              remedy: 'release it in one deployment, and take it over in the next',
              source: naturalKey?.source,
            },
          ];
    }
  }
  return [
    {
      kind: 'will-fail',
      resource: resource.label,
      what: own
        ? `is replaced (${change.because.join(', ')}), and the new one would be a second ${what}: AWS refuses it while the old one exists`
        : `is created before ${holder.label} is deleted, and would be a second ${what}: AWS refuses it`,
      remedy: own
        ? 'remove it in one deployment and add it again in the next, or change its name too'
        : 'remove the old one in one deployment, and add the new one in the next',
      source:
        naturalKey?.source ??
        'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html',
    },
  ];
}

function leftBefore({ resource }: Claim, { label }: Leftover): Finding {
  return {
    kind: 'will-fail',
    resource: resource.label,
    what: `cannot be created: ${label}, which an earlier update left in the account, has its name`,
    remedy: 'deploy with `cdk deploy --import-existing-resources`, or delete the old one first',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html',
  };
}

/** A rollback keeps what was created with `Retain`, so the next attempt finds the name taken. */
function blockedRetry({ change, resource }: Claim): Finding[] {
  return change.action === 'create' &&
    resource.deletionPolicy === 'Retain' &&
    NATURAL_KEYS[resource.type] === undefined
    ? [
        {
          kind: 'may-fail',
          resource: resource.label,
          what: 'has a fixed name and survives a rollback: if this deployment fails, the next one fails too, since the name is taken',
          remedy: 'give it `RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE`',
          source:
            'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
        },
      ]
    : [];
}
