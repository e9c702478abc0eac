import type { Definition } from '../../model';
import { mapOf } from '../../value';
import { call, code, object, quote, statement } from '../print';
import { attempt, Scope } from '../scope';
import { textNode } from '../values';

export function writeOutputs(definition: Definition, scope: Scope): string[] {
  return Object.entries(definition.outputs).flatMap(([id, value]) => {
    const { Value: given, Description, Export } = mapOf(value);
    const output = scope.cdk('CfnOutput');
    const wanted = id.replace(/[^A-Za-z0-9]/g, '');
    // A parameter, a condition or a resource may have the name of the output, a construct not.
    const free = scope.ids.has(wanted) ? `${wanted}Output` : wanted;
    const exportName = mapOf(Export).Name;
    return attempt(
      () => {
        const construct = scope.ids.claim(free);
        const made = statement(
          '',
          call(`new ${output}`, [
            code('stack'),
            quote(construct),
            object({
              value: textNode(given, scope),
              description: Description === undefined ? undefined : textNode(Description, scope),
              exportName: exportName === undefined ? undefined : textNode(exportName, scope),
            }),
          ]),
        );
        return construct === wanted ? made : made.replace(/;$/, `.overrideLogicalId('${wanted}');`);
      },
      (reason) => {
        scope.note('lost', `Outputs.${id}`, `the output is not carried over: ${reason}`);
      },
    );
  });
}
