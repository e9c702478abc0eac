import * as fs from 'node:fs';
import * as path from 'node:path';
import { divideStatements, resourceNamed } from '../../access';
import type { Definition } from '../../model';
import { referencesIn } from '../../value';
import { authorizerItems } from '../api/authorizers';
import { eventSource } from '../event-source';
import { functionItem } from '../function/function-item';
import { hasCode } from '../function/has-code';
import type { Item } from '../item';
import { layerItem } from '../resource/layers';
import { madeByTrigger, madeItem } from '../resource/managed-resource';
import { resourceItem } from '../resource/resource-item';
import { machineGrants, stateMachineItem } from '../resource/state-machine';
import { Scope } from '../scope';

export function itemsOf(definition: Definition, scope: Scope, folder: string): Item[] {
  const events = definition.functions.filter(hasCode).flatMap((fn) => fn.events);
  const managed = madeByTrigger(events);
  const made = new Map(
    events
      .map((event) => [eventSource(event), event.kind === 'events' ? 'bus' : event.kind] as const)
      .flatMap(([source, kind]) =>
        source?.makes === undefined ? [] : [[source.makes, [source, kind] as const] as const],
      ),
  );
  const known = new Set(definition.resources.map(({ logicalId }) => logicalId));
  // The library gives its buckets and topics a policy.
  const withPolicy = [
    ...definition.resources
      .filter(({ logicalId, type }) => type === 'AWS::S3::Bucket' && managed.has(logicalId))
      .map(({ logicalId, properties }) => ({ id: logicalId, name: properties.BucketName })),
    ...[...made]
      .filter(([id, [, kind]]) => !known.has(id) && (kind === 'bucket' || kind === 'topic'))
      .map(([id, [source]]) => ({ id, name: source.name })),
  ];
  return [
    ...definition.layers.map((layer) =>
      layerItem(layer, scope, fs.existsSync(path.join(folder, layer.path))),
    ),
    ...definition.resources.map((resource) =>
      resourceItem(resource, scope, managed.has(resource.logicalId), withPolicy),
    ),
    ...[...made]
      .filter(([id]) => !known.has(id))
      .map(([, [source, kind]]) => madeItem(source, kind, scope)),
    ...authorizerItems(definition, scope),
    ...definition.functions.map((fn) => functionItem(fn, definition, scope, folder)),
    ...definition.stateMachines.map((machine) =>
      stateMachineItem(machine, scope, (name) => machineGrants(machine, name, definition, scope)),
    ),
  ];
}

/** Each item after what it needs. Items in a cycle keep the order of the definition. */
export function ordered(items: readonly Item[]): Item[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const done: Item[] = [];
  const state = new Map<string, 'begun' | 'done'>();
  const visit = (item: Item): void => {
    if (state.has(item.id)) {
      return;
    }
    state.set(item.id, 'begun');
    for (const id of item.needs) {
      const other = byId.get(id);
      if (other !== undefined) {
        visit(other);
      }
    }
    state.set(item.id, 'done');
    done.push(item);
  };
  items.forEach(visit);
  return done;
}

/** The resources that triggers and accesses name. */
export function usedResources(definition: Definition): ReadonlySet<string> {
  const all = definition.functions
    .filter(hasCode)
    .flatMap((fn) => [
      ...fn.events.flatMap((event) => eventSource(event)?.logicalId ?? []),
      ...divideStatements(
        fn.statements,
        definition,
        new Set(),
        fn.at,
        () => undefined,
      ).accesses.map(({ logicalId }) => logicalId),
      ...fn.grants.flatMap(({ target }) => resourceNamed(target, definition) ?? []),
      ...fn.events.flatMap((event) =>
        event.kind === 'http' ? referencesIn(event.authorizer?.arn) : [],
      ),
    ]);
  return new Set([...all, ...referencesIn(definition.api.authorizer?.arn)]);
}
