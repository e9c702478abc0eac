import type { LayerModel, Note, ResourceModel, StateMachineModel } from '../model';
import { MACHINE_LOGS } from '../read/remedies';
import { resourceOf } from '../read/resource';
import { mapOf, textOf, ValueMap } from '../value';
import { readPolicies } from './policies';

export function simpleTable(id: string, resource: ValueMap): ResourceModel {
  const given = mapOf(resource.Properties);
  const key = mapOf(given.PrimaryKey);
  const name = textOf(key.Name) ?? 'id';
  const type = { String: 'S', Number: 'N', Binary: 'B' }[textOf(key.Type) ?? 'String'] ?? 'S';
  return resourceOf(
    id,
    {
      ...resource,
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        ...(given.TableName === undefined ? {} : { TableName: given.TableName }),
        AttributeDefinitions: [{ AttributeName: name, AttributeType: type }],
        KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
        ...(given.ProvisionedThroughput === undefined
          ? { BillingMode: 'PAY_PER_REQUEST' }
          : { ProvisionedThroughput: given.ProvisionedThroughput }),
        ...(given.SSESpecification === undefined
          ? {}
          : { SSESpecification: given.SSESpecification }),
      },
    },
    'Resources',
  );
}

export function readLayer(logicalId: string, given: ValueMap): LayerModel {
  return {
    logicalId,
    path: textOf(given.ContentUri) ?? '.',
    name: given.LayerName,
    description: given.Description,
    runtimes: [],
    at: `Resources.${logicalId}`,
  };
}

export function readMachine(
  logicalId: string,
  given: ValueMap,
  note: (note: Note) => void,
): StateMachineModel {
  const at = `Resources.${logicalId}`;
  if (given.Events !== undefined) {
    note({
      kind: 'lost',
      at: `${at}.Events`,
      text: 'events that start a state machine are not carried over: use `app.forwardRequest(…)`, a rule or a schedule',
    });
  }
  if (given.Logging !== undefined) {
    note({ kind: 'lost', at: `${at}.Logging`, text: MACHINE_LOGS });
  }
  const policies = readPolicies(given.Policies, at, note);
  return {
    logicalId,
    name: given.Name,
    file: textOf(given.DefinitionUri)?.replace(/^\.\//, ''),
    definition: given.Definition,
    substitutions: mapOf(given.DefinitionSubstitutions),
    express: given.Type === 'EXPRESS',
    tracing: mapOf(given.Tracing ?? given.TracingConfiguration).Enabled === true,
    grants: policies.grants,
    statements: policies.statements,
    role: given.Role,
    at,
  };
}
