import { absolute, inside, Scope } from './references';
import { isRecord, NESTED_STACK, Properties, StackTree, TemplateResource } from './template';

/** A resource of a stack or of one of its nested stacks. Its references are valid in all of them. */
export interface PlacedResource {
  /** `<logical ids of nested stacks>/<logical id>`. */
  readonly address: string;
  readonly type: string;
  readonly properties: Properties;
  /** The addresses of resources. */
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
  /** The construct path, or the address if the path is unknown. */
  readonly label: string;
}

export type PlacedResources = ReadonlyMap<string, PlacedResource>;

/** All resources of a stack by address; nested stacks themselves are left out. */
export function placeResources(tree: StackTree | undefined): PlacedResources {
  const found = new Map<string, PlacedResource>();
  if (tree !== undefined) {
    collect({ tree, prefix: '' }, tree.paths ?? {}, found);
  }
  return found;
}

function collect(
  scope: Scope,
  paths: Readonly<Record<string, string>>,
  found: Map<string, PlacedResource>,
): void {
  for (const [id, resource] of Object.entries(scope.tree.template.Resources ?? {})) {
    const nested = scope.tree.nested[id];
    if (resource.Type === NESTED_STACK && nested !== undefined) {
      collect(inside(scope, id, nested), { ...paths, ...nested.paths }, found);
    } else if (resource.Type !== 'AWS::CDK::Metadata') {
      found.set(`${scope.prefix}${id}`, place(id, resource, scope, paths));
    }
  }
}

function place(
  id: string,
  resource: TemplateResource,
  scope: Scope,
  paths: Readonly<Record<string, string>>,
): PlacedResource {
  const properties = absolute(resource.Properties ?? {}, scope);
  const path = resource.Metadata?.['aws:cdk:path'] ?? paths[id];
  const address = `${scope.prefix}${id}`;
  return {
    address,
    type: resource.Type,
    properties: isRecord(properties) ? properties : {},
    dependsOn: [resource.DependsOn ?? []].flat().map((other) => `${scope.prefix}${other}`),
    deletionPolicy: resource.DeletionPolicy ?? 'Delete',
    updateReplacePolicy: resource.UpdateReplacePolicy ?? 'Delete',
    label: typeof path === 'string' ? readable(path) : address,
  };
}

/** Readers know `Shop/Orders/Uploads/Resource` as `Shop/Orders/Uploads`. */
function readable(path: string): string {
  return path.replace(/^\//, '').replace(/\/(Resource|Default)$/, '');
}
