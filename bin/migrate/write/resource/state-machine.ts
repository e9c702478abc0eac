import { divideStatements, resourceNamed, statementOfGrant } from '../../access';
import type { Definition, Grant, StateMachineModel, StatementModel } from '../../model';
import { camel } from '../../names';
import { isMap, referencesIn } from '../../value';
import type { Item } from '../item';
import { statementNode } from '../policies';
import { call, code, Node, object, quote, statement } from '../print';
import { attempt, Scope } from '../scope';
import { pathFrom } from '../source-path';
import { anyNode, keyText, textNode } from '../values';
import { nestedExecutions, tasksWithoutPermission } from './nested-executions';

export function machineGrants(
  machine: StateMachineModel,
  name: string,
  definition: Definition,
  scope: Scope,
): string[] {
  const divided = divideStatements(
    machine.statements,
    definition,
    new Set(),
    machine.at,
    () => undefined,
  );
  const invoked = new Set([
    ...machine.grants
      .filter(({ access }) => access === 'invoke')
      .flatMap(({ target }) => resourceNamed(target, definition) ?? []),
    ...divided.accesses
      .filter(({ access }) => access === 'invoke')
      .map(({ logicalId }) => logicalId),
    ...(machine.role === undefined
      ? [...referencesIn(machine.definition), ...referencesIn(machine.substitutions)]
      : []
    ).filter((id) => definition.functions.some(({ logicalId }) => logicalId === id)),
  ]);
  const lines = [...invoked].flatMap((id) => {
    const fn = scope.find(id);
    return fn === undefined ? [] : [`${fn.constName}.target.grantInvoke(${name});`];
  });
  const others = machine.grants.filter(
    ({ access }) => access !== 'invoke' && access !== 'startExecution',
  );
  const started = machine.grants.filter(({ access }) => access === 'startExecution');
  // SAM derives no permissions from the definition.
  const derives = machine.role === undefined && definition.origin === 'Serverless Framework';
  const nested: StatementModel[] = [
    ...(derives ? nestedExecutions(machine) : []),
    ...started.flatMap((one) => startStatement(one, definition) ?? []),
  ];
  for (const task of derives ? tasksWithoutPermission(machine) : []) {
    scope.note(
      'lost',
      machine.at,
      `the permissions for the task \`${task}\`, which the plugin derives, are not carried over: write one of the CDK’s grants, such as \`queue.grantSendMessages(${name})\``,
    );
  }
  for (const { access, target } of others) {
    scope.note(
      'lost',
      machine.at,
      `the access \`${access}\` of the state machine to ${JSON.stringify(target)} is not carried over: write one of the CDK’s grants, such as \`table.grantWriteData(${name})\``,
    );
  }
  for (const one of divided.accesses.filter(({ access }) => access !== 'invoke')) {
    scope.note(
      'lost',
      machine.at,
      `the access of the state machine to ${one.logicalId} is not carried over: write one of the CDK’s grants`,
    );
  }
  return [
    ...lines,
    ...[...divided.rest, ...nested].flatMap((one) =>
      attempt(
        () => statement('', call(`${name}.addToRolePolicy`, [statementNode(one, scope)])),
        (reason) => {
          scope.note(
            'lost',
            machine.at,
            `a statement of the state machine’s role is not carried over: ${reason}`,
          );
        },
      ),
    ),
  ];
}

/** The permission to start a state machine of the definition, or of the account, by its name. */
function startStatement(grant: Grant, definition: Definition): StatementModel | undefined {
  const id = resourceNamed(grant.target, definition);
  return id === undefined
    ? statementOfGrant(grant)
    : { effect: 'Allow', actions: ['states:StartExecution'], resources: [{ Ref: id }] };
}

export function stateMachineItem(
  machine: StateMachineModel,
  scope: Scope,
  grants: (name: string) => readonly string[],
): Item {
  return {
    id: machine.logicalId,
    needs: [
      ...referencesIn(machine.definition),
      ...referencesIn(machine.substitutions),
      ...machine.grants.flatMap(({ target }) => referencesIn(target)),
      ...machine.statements.flatMap(({ resources }) => referencesIn(resources)),
    ],
    write: () => {
      const name = scope.names.claim(camel(machine.logicalId));
      const sfn = scope.module('sfn');
      const body = bodyOf(machine, scope, sfn);
      if (body === undefined) {
        scope.note(
          'lost',
          machine.at,
          'the state machine is not carried over: its definition cannot be read',
        );
        return [];
      }
      const substitutions = Object.entries(machine.substitutions).map(
        ([key, one]) => [keyText(key), textNode(one, scope)] as const,
      );
      const written = [
        statement(
          `const ${name} = `,
          call(`new ${sfn}.StateMachine`, [
            code('stack'),
            quote(machine.logicalId),
            object({
              stateMachineName:
                machine.name === undefined ? undefined : textNode(machine.name, scope),
              stateMachineType: machine.express
                ? code(`${sfn}.StateMachineType.EXPRESS`)
                : undefined,
              tracingEnabled: machine.tracing === true ? code('true') : undefined,
              definitionBody: body,
              definitionSubstitutions:
                substitutions.length === 0 ? undefined : object(Object.fromEntries(substitutions)),
              role:
                machine.role === undefined
                  ? undefined
                  : call(`${scope.module('iam')}.Role.fromRoleArn`, [
                      code('stack'),
                      quote(`${machine.logicalId}Role`),
                      textNode(machine.role, scope),
                    ]),
            }),
          ]),
        ),
      ];
      scope.declare(machine.logicalId, {
        constName: name,
        ref: () => `${name}.stateMachineArn`,
        attribute: (one) => `${name}.${one === 'Name' ? 'stateMachineName' : 'stateMachineArn'}`,
      });
      return [...written, ...grants(name)];
    },
  };
}

function bodyOf(machine: StateMachineModel, scope: Scope, sfn: string): Node | undefined {
  if (machine.file !== undefined) {
    return call(`${sfn}.DefinitionBody.fromFile`, [quote(pathFrom(scope.root, machine.file))]);
  }
  if (machine.definition === undefined) {
    return undefined;
  }
  const text = isMap(machine.definition)
    ? call('stack.toJsonString', [anyNode(machine.definition, scope)])
    : textNode(machine.definition, scope);
  return call(`${sfn}.DefinitionBody.fromString`, [text]);
}
