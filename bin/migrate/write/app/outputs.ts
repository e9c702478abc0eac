import type { Definition } from '../../model';
import { mapOf } from '../../value';
import { call, code, object, quote, statement } from '../print';
import { attempt, Scope } from '../scope';
import { textNode } from '../values';

export function writeOutputs(definition: Definition, scope: Scope): string[] {
  return Object.entries(definition.outputs).flatMap(([id, value]) => {
    const { Value: given, Description, Export } = mapOf(value);
    const output = scope.cdk('CfnOutput');
    const free = definition.resources.some(({ logicalId }) => logicalId === id)
      ? `${id}Output`
      : id;
    const exportName = mapOf(Export).Name;
    return attempt(
      () =>
        statement(
          '',
          call(`new ${output}`, [
            code('stack'),
            quote(scope.ids.claim(free.replace(/[^A-Za-z0-9]/g, ''))),
            object({
              value: textNode(given, scope),
              description: Description === undefined ? undefined : textNode(Description, scope),
              exportName: exportName === undefined ? undefined : textNode(exportName, scope),
            }),
          ]),
        ),
      (reason) => {
        scope.note('lost', `Outputs.${id}`, `the output is not carried over: ${reason}`);
      },
    );
  });
}
