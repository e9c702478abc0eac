import type { Definition, LayerModel, Note } from '../model';
import { resourceOf } from '../read/resource';
import { listOf, mapOf, textOf, Value, ValueMap } from '../value';
import { normalized } from './logical-names';

export function readResources(
  given: Value,
  note: (note: Note) => void,
): Pick<Definition, 'resources' | 'outputs' | 'conditions' | 'parameters' | 'mappings'> {
  const parts = listOf(given).map(mapOf);
  const merged = (key: string): ValueMap =>
    Object.assign({}, ...parts.flatMap((part) => listOf(part[key]).map(mapOf))) as ValueMap;
  const extensions = Object.keys(merged('extensions'));
  for (const id of extensions) {
    note({
      kind: 'lost',
      at: `resources.extensions.${id}`,
      text: 'it changes a resource of the framework, which the app does not have',
    });
  }
  return {
    resources: Object.entries(merged('Resources'))
      .map(([logicalId, value]) => resourceOf(logicalId, mapOf(value), 'resources.Resources'))
      .filter(({ type, at }) => {
        if (type === '') {
          note({ kind: 'lost', at, text: 'it is not carried over: it has no `Type`' });
        }
        return type !== '';
      }),
    outputs: merged('Outputs'),
    conditions: merged('Conditions'),
    parameters: merged('Parameters'),
    mappings: merged('Mappings'),
  };
}

export function readLayers(given: Value): LayerModel[] {
  return Object.entries(mapOf(given)).map(([name, value]) => {
    const layer = mapOf(value);
    return {
      logicalId: `${normalized(name)}LambdaLayer`,
      path: textOf(layer.path) ?? name,
      name: layer.name,
      description: layer.description,
      runtimes: listOf(layer.compatibleRuntimes).flatMap((one) => textOf(one) ?? []),
      at: `layers.${name}`,
    };
  });
}
