import type { Note, StateMachineModel } from '../model';
import { MACHINE_LOGS } from '../read/remedies';
import { isMap, listOf, mapOf, textOf, Value, ValueMap } from '../value';
import { normalized } from './logical-names';
import { statementOf } from './settings';

/** `stepFunctions.stateMachines` of the plugin serverless-step-functions. */
export function readStepFunctions(given: Value, note: (note: Note) => void): StateMachineModel[] {
  const machines = mapOf(mapOf(given).stateMachines);
  if (listOf(mapOf(given).activities).length > 0) {
    note({
      kind: 'lost',
      at: 'stepFunctions.activities',
      text: 'write `new sfn.Activity(…)` for each',
    });
  }
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
    if (machine.loggingConfig !== undefined) {
      note({ kind: 'lost', at: `${at}.loggingConfig`, text: MACHINE_LOGS });
    }
    if (machine.tags !== undefined) {
      note({ kind: 'lost', at: `${at}.tags`, text: 'write `Tags.of(machine).add(…)`' });
    }
    return {
      logicalId: logicalIdOf(name, machine),
      name: machine.name,
      definition: isMap(machine.definition) ? machine.definition : undefined,
      substitutions: {},
      express: machine.type === 'EXPRESS',
      tracing: mapOf(machine.tracingConfig).enabled === true,
      grants: [],
      statements: listOf(machine.iamRoleStatements).map(statementOf),
      role: isMap(machine.role) || typeof machine.role === 'string' ? machine.role : undefined,
      at,
    };
  });
}

/** The plugin takes an id or a name as it is, and adds a suffix to the key alone. */
function logicalIdOf(key: string, { id, name }: ValueMap): string {
  const own = textOf(id) ?? textOf(name);
  return own === undefined ? `${normalized(key)}StepFunctionsStateMachine` : normalized(own);
}
