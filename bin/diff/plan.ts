import { PlacedResource, PlacedResources } from './placed-resource';
import { referencesIn, stableJson } from './references';
import { resourceSchema, valuesAt } from '../../lib/model/resource-schema';
import type { Properties } from './template';

export type Action = 'create' | 'update' | 'replace' | 'delete' | 'keep';

/** CloudFormation’s action on one resource. It deletes resources, including replaced ones, after all creations and updates. */
export interface Change {
  readonly action: Action;
  readonly address: string;
  readonly before?: PlacedResource;
  readonly after?: PlacedResource;
  /** Properties that change, or that refer to a replaced resource. */
  readonly properties: readonly string[];
  /** The create-only properties that cause the replacement. */
  readonly because: readonly string[];
  /** Whether only AWS can tell if the change replaces the resource. */
  readonly uncertain: boolean;
}

/** An update of one stack with its nested stacks, as CloudFormation would execute it. */
export interface Plan {
  readonly before: PlacedResources;
  readonly after: PlacedResources;
  readonly changes: ReadonlyMap<string, Change>;
  /** Maps an address to that of the new resource, if the update replaces the resource. */
  readonly newAddress: (address: string) => string;
}

export function planUpdate(before: PlacedResources, after: PlacedResources): Plan {
  const replaced = new Set<string>();
  let changes = new Map<string, Change>();
  // A resource that refers to a replaced resource in a create-only property is replaced too.
  for (let size = -1; size !== replaced.size;) {
    size = replaced.size;
    changes = new Map(
      [...new Set([...before.keys(), ...after.keys()])].map((address) => [
        address,
        changeOf(address, before.get(address), after.get(address), replaced),
      ]),
    );
    for (const { action, address } of changes.values()) {
      if (action === 'replace') {
        replaced.add(address);
      }
    }
  }
  const newAddress = (address: string): string =>
    replaced.has(address) ? `${address} (new)` : address;
  return { before, after, changes, newAddress };
}

/** All changes of the given actions, ordered by address. */
export function changesOf(plan: Plan, ...actions: readonly Action[]): Change[] {
  return [...plan.changes.values()].filter(({ action }) => actions.includes(action));
}

/** Whether one resource is deployed after another, according to references and `DependsOn`. */
export function waitsFor(
  address: string,
  other: string,
  resources: PlacedResources,
  seen = new Set<string>(),
): boolean {
  const resource = resources.get(address);
  if (resource === undefined || seen.has(address)) {
    return false;
  }
  seen.add(address);
  const next = [
    ...resource.dependsOn,
    ...referencesIn(resource.properties).map(({ $ref }) => $ref),
  ];
  return next.includes(other) || next.some((one) => waitsFor(one, other, resources, seen));
}

function changeOf(
  address: string,
  before: PlacedResource | undefined,
  after: PlacedResource | undefined,
  replaced: ReadonlySet<string>,
): Change {
  const none = { address, properties: [], because: [], uncertain: false };
  if (before === undefined || after === undefined) {
    return { ...none, before, after, action: before === undefined ? 'create' : 'delete' };
  }
  const properties = changedProperties(before.properties, after.properties, replaced);
  const schema = resourceSchema(after.type);
  const [because, maybe] = [schema.createOnly, schema.maybeCreateOnly].map((paths) =>
    paths.filter(
      (path) =>
        properties.includes(path.split(/[.[]/)[0] ?? '') && differ(path, before, after, replaced),
    ),
  ) as [string[], string[]];
  because.push(...durability(before, after));
  const action =
    because.length > 0 || before.type !== after.type
      ? 'replace'
      : properties.length > 0
        ? 'update'
        : 'keep';
  return { ...none, before, after, action, properties, because, uncertain: maybe.length > 0 };
}

/**
 * Lambda makes a function durable, or not, when it creates it; the limits of a durable function change in place. CloudFormation's schema
 * can only say that `DurableConfig` may replace the function, and the CDK's copy of it does not:
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda-readme.html#lambda-with-durable-configuration
 */
function durability(before: PlacedResource, after: PlacedResource): string[] {
  const [was, is] = [before, after].map(isDurable);
  return was === is ? [] : ['DurableConfig'];
}

/** Whether it is a durable function. */
export function isDurable({ type, properties }: PlacedResource): boolean {
  return type === 'AWS::Lambda::Function' && properties.DurableConfig !== undefined;
}

function changedProperties(
  before: Properties,
  after: Properties,
  replaced: ReadonlySet<string>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => stableJson(before[name]) !== stableJson(after[name]) || names(after[name], replaced),
  );
}

function names(value: unknown, replaced: ReadonlySet<string>): boolean {
  return referencesIn(value).some(({ $ref }) => replaced.has($ref));
}

function differ(
  path: string,
  before: PlacedResource,
  after: PlacedResource,
  replaced: ReadonlySet<string>,
): boolean {
  const [was, is] = [before, after].map(({ properties }) => valuesAt(properties, path));
  return stableJson(was) !== stableJson(is) || names(is, replaced);
}
