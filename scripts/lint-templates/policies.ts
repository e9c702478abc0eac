import * as path from 'node:path';
import { placeResources } from '../../bin/diff/placed-resource';
import { readStacks } from '../../bin/diff/read-assembly';
import { knowsConditionKey, wrongWith } from '../../test/aws/support/authorization';
import { statementsOf } from '../../test/aws/support/statements';
import type { Finding } from './finding';

/** Checks each action of each policy against the resource types and the condition keys of AWS's service authorization reference. */
export async function policyFindings(
  assemblies: readonly string[],
  folder: string,
): Promise<Finding[]> {
  const found = assemblies.flatMap((assembly) =>
    readStacks(assembly)
      .flatMap(({ tree }) => statementsOf(placeResources(tree)))
      .flatMap(({ where, actions, resources, conditionKeys }) => {
        const [type = '', id = ''] = where.split(' ');
        const finding = (rule: string, message: string): Finding => ({
          tool: 'IAM',
          rule,
          template: path.relative(folder, assembly),
          id,
          type,
          message,
        });
        return actions.map(async (action) => {
          const wrong = await wrongWith(action, resources);
          const unknown = await Promise.all(
            conditionKeys.map(async (key) =>
              (await knowsConditionKey(action, key)) ? [] : [`${action}: ${key}`],
            ),
          );
          return [
            ...wrong.map((message) => finding('resource', message)),
            ...unknown.flat().map((message) => finding('condition', message)),
          ];
        });
      }),
  );
  if (found.length === 0) {
    throw new Error('there is no policy in any template');
  }
  return (await Promise.all(found)).flat();
}
