import type { Note, StateMachineModel } from '../model';
import { pascal } from '../names';
import { isMap, listOf, mapOf, textOf, Value } from '../value';
import { statementOf } from './settings';

/** `stepFunctions.stateMachines` of the plugin serverless-step-functions. */
export function readStepFunctions(given: Value, note: (note: Note) => void): StateMachineModel[] {
  const machines = mapOf(mapOf(given).stateMachines);
  return Object.entries(machines).map(([name, value]) => {
    const machine = mapOf(value);
    const at = `stepFunctions.${name}`;
    if (listOf(machine.events).length > 0) {
      note({
        kind: 'lost',
        at: `${at}.events`,
        text: 'events that start a state machine are not carried over: use `app.forwardRequest(…, RequestTarget.startExecution(machine))`, a rule or a schedule',
      });
    }
    return {
      logicalId: `${pascal(textOf(machine.id) ?? name)}StepFunctionsStateMachine`,
      name: machine.name,
      definition: isMap(machine.definition) ? machine.definition : undefined,
      substitutions: {},
      express: machine.type === 'EXPRESS',
      grants: [],
      statements: listOf(machine.iamRoleStatements).map(statementOf),
      role: isMap(machine.role) || typeof machine.role === 'string' ? machine.role : undefined,
      at,
    };
  });
}
