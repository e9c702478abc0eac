import type { Definition } from '../../model';
import { mapOf, textOf } from '../../value';
import { call, code, Node, object, quote, statement } from '../print';
import { attempt, NotCarried, Scope } from '../scope';
import { textNode } from '../values';

export function writeOutputs(definition: Definition, scope: Scope): string[] {
  return Object.entries(definition.outputs).flatMap(([id, value]) => {
    const { Value: given, Description, Export, Condition } = mapOf(value);
    const output = scope.cdk('CfnOutput');
    const wanted = id.replace(/[^A-Za-z0-9]/g, '');
    // In a template, an output may share its name with a parameter, a condition or a resource. Constructs may not share names.
    const free = scope.ids.has(wanted) ? `${wanted}Output` : wanted;
    const exportName = mapOf(Export).Name;
    const condition = textOf(Condition);
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
              condition: condition === undefined ? undefined : conditionNode(condition, scope),
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

function conditionNode(id: string, scope: Scope): Node {
  const found = scope.find(`condition:${id}`);
  if (found === undefined) {
    throw new NotCarried(`it needs the condition ${id}, which the app does not have`);
  }
  return code(found.constName);
}
