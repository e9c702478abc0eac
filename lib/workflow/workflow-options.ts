import { Duration } from 'aws-cdk-lib';
import { anyDuration, knownNumber } from '../props/kinds';
import { propsOf } from '../props/prop-set';

/** Options of a workflow. Only the cost estimate uses them. */
export interface WorkflowOptions {
  /**
   * The state transitions of one execution, retries included. AWS bills a standard workflow by its transitions.
   *
   * @default - each state of the definition once, and one for the start; 5 if the definition is unknown, as for an imported machine
   */
  readonly transitions?: number;

  /**
   * How long one execution takes. AWS bills an express workflow by its duration.
   *
   * @default Duration.seconds(1)
   */
  readonly duration?: Duration;
}

/** @internal */
export const WORKFLOW_PROPS = propsOf<WorkflowOptions>()({
  transitions: knownNumber(0),
  duration: anyDuration(),
});
