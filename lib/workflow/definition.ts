import { Stack } from 'aws-cdk-lib';
import type * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import type { IAppFunction } from '../core/contract';

/** The definition of a state machine as JSON text, in which references are CloudFormation expressions; undefined if it is unknown. */
export function definitionOf(machine: IConstruct): string | undefined {
  const { defaultChild } = machine.node;
  const given: unknown =
    defaultChild === undefined ? undefined : Reflect.get(defaultChild, 'definitionString');
  const resolved: unknown = given === undefined ? undefined : Stack.of(machine).resolve(given);
  return resolved === undefined ? undefined : JSON.stringify(resolved);
}

/** Whether a state machine's definition contains a reference. Both are resolved in one stack, so they look the same. */
export function refersTo(machine: IConstruct, definition: string, reference: string): boolean {
  return definition.includes(JSON.stringify(Stack.of(machine).resolve(reference)));
}

/** The functions of the app that a definition runs, through their alias or directly. */
export function tasksIn(
  machine: stepfunctions.IStateMachine,
  definition: string,
  functions: readonly IAppFunction[],
): IAppFunction[] {
  return functions.filter((fn) =>
    [fn.target.functionArn, fn.function.functionArn].some((arn) =>
      refersTo(machine, definition, arn),
    ),
  );
}

/** How many states a definition has, including those inside `Map` and `Parallel`; undefined if it is not JSON. */
export function statesIn(definition: string): number | undefined {
  const resolved = JSON.parse(definition) as string | { readonly 'Fn::Join'?: [string, unknown[]] };
  const [, parts] =
    typeof resolved === 'string' ? ['', [resolved]] : (resolved['Fn::Join'] ?? ['', []]);
  const text = parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  try {
    return countStates(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function countStates(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  const below = Object.values(value).reduce((sum: number, part) => sum + countStates(part), 0);
  const { States: states } = value as { readonly States?: object };
  return below + (states === undefined ? 0 : Object.keys(states).length);
}
