import type * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { AppContext } from '../core/app-context';
import { perApp } from '../core/per-app';
import type { TriggerModel, WorkflowModel } from '../model/app-model';
import { definitionOf, statesIn, tasksIn } from './definition';
import type { WorkflowOptions } from './workflow-options';

/** What a workflow shares with the other parts of its app. */
export interface DeclaredWorkflow {
  readonly scope: Construct;
  readonly machine: stepfunctions.IStateMachine;
  readonly options: WorkflowOptions;
  readonly triggers: readonly TriggerModel[];
}

/** The workflows of an app. */
export class Workflows {
  static readonly of = perApp((context) => new Workflows(context));

  private readonly declared: DeclaredWorkflow[] = [];

  private constructor(private readonly context: AppContext) {}

  add(workflow: DeclaredWorkflow): void {
    this.declared.push(workflow);
  }

  /** The workflows for the app's model; undefined if there are none. */
  get models(): WorkflowModel[] | undefined {
    return this.declared.length === 0 ? undefined : this.declared.map((one) => this.modelOf(one));
  }

  private modelOf({ scope, machine, options, triggers }: DeclaredWorkflow): WorkflowModel {
    const definition = definitionOf(machine);
    const states = definition === undefined ? undefined : statesIn(definition);
    const { transitions = states === undefined ? undefined : states + 1, duration } = options;
    const tasks =
      definition === undefined ? [] : tasksIn(machine, definition, this.context.functions);
    return {
      id: scope.node.id,
      path: scope.node.path,
      machine: machine.node.path,
      express: isExpress(machine) ? true : undefined,
      transitions,
      durationMs: duration?.toMilliseconds(),
      tasks: tasks.map(({ node }) => node.id),
      triggers: [...triggers],
    };
  }
}

/** The type of an imported machine is unknown; it is assumed to be standard, as most are. */
function isExpress(machine: stepfunctions.IStateMachine): boolean {
  const type: string | undefined = (machine as Partial<stepfunctions.StateMachine>)
    .stateMachineType;
  return type === 'EXPRESS';
}
