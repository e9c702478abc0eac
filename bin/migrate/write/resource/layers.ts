import type { LayerModel } from '../../model';
import { camel } from '../../names';
import { isMap, referencesIn, Value } from '../../value';
import type { Item } from '../item';
import { call, code, list, Node, object, quote, statement } from '../print';
import { Reference, Scope } from '../scope';
import { pathFrom } from '../source-path';
import { textNode } from '../values';
import { imported } from './imported';
import { interfaceOf } from './interfaces';

export function layerItem(layer: LayerModel, scope: Scope, exists: boolean): Item {
  return {
    id: layer.logicalId,
    needs: referencesIn(layer.name),
    write: () => {
      if (!exists) {
        scope.note(
          'lost',
          layer.at,
          `the layer is not carried over: there is no folder ${layer.path}`,
        );
        return [];
      }
      const name = scope.names.claim(camel(layer.logicalId));
      const reference: Reference = {
        constName: name,
        ref: () => `${name}.layerVersionArn`,
        attribute: () => `${name}.layerVersionArn`,
      };
      scope.declare(layer.logicalId, reference);
      const lambda = scope.module('lambda');
      return [
        statement(
          `const ${name} = `,
          call(`new ${lambda}.LayerVersion`, [
            code('stack'),
            quote(layer.logicalId),
            object({
              code: call(`${lambda}.Code.fromAsset`, [quote(pathFrom(scope.root, layer.path))]),
              layerVersionName: layer.name === undefined ? undefined : textNode(layer.name, scope),
              description:
                layer.description === undefined ? undefined : textNode(layer.description, scope),
            }),
          ]),
        ),
      ];
    },
  };
}

export function layersNode(layers: readonly Value[], scope: Scope): Node {
  return list(
    layers.map((layer) => {
      const id = isMap(layer) ? referencesIn(layer)[0] : undefined;
      const own =
        id === undefined
          ? undefined
          : scope.definition.layers.find(({ logicalId }) => logicalId === id);
      if (own !== undefined) {
        return code(interfaceOf(own.logicalId, scope));
      }
      return imported(
        'layer',
        layer,
        (name) =>
          call(`${scope.module('lambda')}.LayerVersion.fromLayerVersionArn`, [
            code('stack'),
            quote(name),
            textNode(layer, scope),
          ]),
        scope,
      );
    }),
  );
}
