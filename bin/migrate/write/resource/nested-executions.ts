import type { StateMachineModel, StatementModel } from '../../model';
import { isList, isMap, listOf, mapOf, referencesIn, textOf, Value, ValueMap } from '../../value';

const START =
  /^arn:aws[\w-]*:states:::states:startExecution(\.sync(?::2)?)?(?:\.waitForTaskToken)?$/;

const placed = (service: string, suffix: string): Value => ({
  'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${suffix}`,
});

/**
 * The permissions that a state machine needs to start others, which the Step Functions plugin derives from the definition. `.sync` waits for the
 * execution by a rule of EventBridge: https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
export function nestedExecutions({ definition, logicalId }: StateMachineModel): StatementModel[] {
  const tasks = tasksIn(definition).flatMap((task) => {
    const [started, sync] = START.exec(textOf(task.Resource) ?? '') ?? [];
    const machine = startedBy(task, logicalId);
    return started === undefined || machine === undefined
      ? []
      : [{ machine, isSync: sync !== undefined }];
  });
  const machines = [
    ...new Map(tasks.map(({ machine }) => [JSON.stringify(machine), machine])).values(),
  ];
  const allow = (actions: readonly string[], resources: Value): StatementModel => ({
    effect: 'Allow',
    actions,
    resources,
  });
  return [
    ...(machines.length === 0 ? [] : [allow(['states:StartExecution'], machines)]),
    ...(tasks.some(({ isSync }) => isSync)
      ? [
          allow(
            ['states:DescribeExecution', 'states:StopExecution'],
            placed('states', 'execution:*'),
          ),
          allow(
            ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
            placed('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'),
          ),
        ]
      : []),
  ];
}

/**
 * The integrations of tasks for which the plugin derives permissions, and this migration does not: `sqs:sendMessage`, and
 * `states:startExecution` of one that its input names.
 */
export function tasksWithoutPermission({ definition, logicalId }: StateMachineModel): string[] {
  const found = tasksIn(definition).flatMap((task) => {
    const resource = textOf(task.Resource) ?? '';
    const [, integration] = /^arn:aws[\w-]*:states:::(.+)$/.exec(resource) ?? [];
    const isDerived = START.test(resource) && startedBy(task, logicalId) !== undefined;
    return integration === undefined || integration.startsWith('lambda:') || isDerived
      ? []
      : [integration];
  });
  return [...new Set(found)];
}

/** The state machine that a task starts; undefined if it is the task’s own, because a role’s policy cannot name the state machine that has the role. */
function startedBy({ Parameters, Arguments }: ValueMap, logicalId: string): Value {
  const machine = mapOf(Parameters ?? Arguments).StateMachineArn;
  return referencesIn(machine).includes(logicalId) ? undefined : machine;
}

/** The tasks of a definition, also those within other states. */
function tasksIn(value: Value): ReadonlyArray<ReturnType<typeof mapOf>> {
  if (isList(value)) {
    return value.flatMap(tasksIn);
  }
  if (!isMap(value)) {
    return [];
  }
  const own = value.Type === 'Task' && listOf(value.Resource).length === 1 ? [value] : [];
  return [...own, ...Object.values(value).flatMap(tasksIn)];
}
