import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import * as fc from 'fast-check';
import { WORKFLOW_PROPS } from '../../../lib/workflow/workflow-options';
import { declared } from '../support/declared';
import { recipe, Recipe, theirs } from '../support/recipe';
import { duration, rarely } from '../support/values';

const machineWith = (type: stepfunctions.StateMachineType): fc.Arbitrary<unknown> =>
  recipe(`a ${type} state machine`, ({ stack, functions }) => {
    const id = `Machine${stack.node.children.length}`;
    const [first] = functions;
    const step =
      first === undefined
        ? new stepfunctions.Pass(stack, `${id}Step`)
        : new LambdaInvoke(stack, `${id}Step`, { lambdaFunction: first.target });
    return new stepfunctions.StateMachine(stack, id, {
      stateMachineType: type,
      definitionBody: stepfunctions.DefinitionBody.fromChainable(step),
    });
  });

/** State machines, which run a function if there is one, and imported ones, whose definition is unknown. */
export const MACHINE: fc.Arbitrary<unknown> = fc.oneof(
  machineWith(stepfunctions.StateMachineType.STANDARD),
  machineWith(stepfunctions.StateMachineType.EXPRESS),
  theirs('an imported state machine', (scope, id) =>
    stepfunctions.StateMachine.fromStateMachineArn(
      scope,
      id,
      'arn:aws:states:eu-west-1:111111111111:stateMachine:theirs',
    ),
  ),
);

export const WORKFLOW_OPTIONS = declared(WORKFLOW_PROPS, {
  duration: rarely(
    fc.integer({ min: 1, max: 300 }).map((seconds): Recipe => duration(seconds)),
    duration(0),
  ),
});
