import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type {
  AppWorkflow,
  EventTriggerOptions,
  ServerlessApp,
  WorkflowOptions,
} from 'cdk-serverless-app';
import type { Version } from '../support/versions';
import { always, both, Edit, fine, NIGHTLY, troubled, version } from './edit';

const PAID: events.EventPattern = { source: ['shop'], detailType: ['OrderPaid'] };
const HOURLY = scheduler.ScheduleExpression.rate(Duration.hours(1));

interface Given {
  readonly id?: string;
  readonly options?: WorkflowOptions;
  readonly machine?: Partial<sfn.StateMachineProps>;
  readonly steps?: (app: ServerlessApp, stack: Stack) => sfn.IChainable;
}

/** A workflow of one state, and what starts it. */
function workflow(
  starts: (one: AppWorkflow, app: ServerlessApp) => void,
  given: Given = {},
): Version {
  const { id = 'Ship', options, machine, steps } = given;
  return version(
    both(always, (app, stack) => {
      const definition = steps?.(app, stack) ?? new sfn.Pass(stack, 'Start');
      const made = new sfn.StateMachine(stack, 'Machine', {
        definitionBody: sfn.DefinitionBody.fromChainable(definition),
        ...machine,
      });
      starts(app.addWorkflow(id, made, options), app);
    }),
  );
}

const idle = (given: Given = {}): Version => workflow(() => undefined, given);
const onEvent = (pattern = PAID, options: EventTriggerOptions = {}, given: Given = {}): Version =>
  workflow((one, app) => {
    one.onEvent(pattern, { eventBus: app.addEventBus('Shop'), ...options });
  }, given);
const onSchedule = (when = NIGHTLY, options = {}, given: Given = {}): Version =>
  workflow((one) => {
    one.onSchedule(when, options);
  }, given);
const onObject = (options = {}, given: Given = {}): Version =>
  workflow((one, app) => {
    one.onObjectCreated(app.addBucket('Uploads'), options);
  }, given);
const onRequest = (route = 'POST /ship', given: Given = {}): Version =>
  workflow((one) => {
    one.onRequest(route);
  }, given);
const bus = version(both(always, (app) => void app.addEventBus('Shop')));
const bucket = version(both(always, (app) => void app.addBucket('Uploads')));

export const WORKFLOW_EDITS: readonly Edit[] = [
  fine('add a workflow, and remove it', version(always), idle(), version(always)),
  fine('rename a workflow that nothing starts', idle(), idle({ id: 'Send' })),
  fine(
    'let events start a workflow, remove the pattern, and add it again',
    bus,
    onEvent(),
    bus,
    onEvent(),
  ),
  fine(
    'let objects start a workflow, remove the trigger, and add it again',
    bucket,
    onObject(),
    bucket,
    onObject(),
  ),
  fine('let a schedule start a workflow, and remove it', idle(), onSchedule(), idle()),
  fine('let requests start a workflow, and remove the route', idle(), onRequest(), idle()),
  fine('rename a workflow that events start', onEvent(), onEvent(PAID, {}, { id: 'Send' })),
  fine('rename a workflow that objects start', onObject(), onObject({}, { id: 'Send' })),
  fine(
    'rename a workflow that a schedule starts',
    onSchedule(),
    onSchedule(NIGHTLY, {}, { id: 'Send' }),
  ),
  fine(
    'rename a workflow that requests start',
    onRequest(),
    onRequest('POST /ship', { id: 'Send' }),
  ),
  fine(
    'change the pattern of a workflow',
    onEvent(),
    onEvent({ ...PAID, detailType: ['OrderPlaced'] }),
  ),
  fine('change the schedule of a workflow', onSchedule(), onSchedule(HOURLY)),
  fine('change the route of a workflow', onRequest(), onRequest('PUT /ship/{id}')),
  fine(
    'change which objects start a workflow',
    onObject(),
    onObject({ prefix: 'in/' }),
    onObject({ prefix: 'in/', suffix: '.csv' }),
    onObject(),
  ),
  fine(
    'change the retries and the input of a workflow’s events, and disable them',
    onEvent(),
    onEvent(PAID, {
      retryPolicy: { retryAttempts: 1 },
      input: events.RuleTargetInput.fromText('paid'),
    }),
    onEvent(PAID, { enabled: false }),
    onEvent(),
  ),
  fine(
    'move a route from a function to a workflow, and move it back',
    version(both(always, (app) => void app.onRequest('POST /ship', 'ok.ts', { id: 'A' }))),
    onRequest(),
    version(both(always, (app) => void app.onRequest('POST /ship', 'ok.ts', { id: 'A' }))),
  ),
  fine(
    'move a schedule from a function to a workflow, and move it back',
    version(both(always, (app) => void app.onSchedule(NIGHTLY, 'ok.ts', { id: 'A' }))),
    onSchedule(),
    version(both(always, (app) => void app.onSchedule(NIGHTLY, 'ok.ts', { id: 'A' }))),
  ),
  fine(
    'change the definition of a workflow, and run a function in it',
    idle(),
    idle({ steps: (_, stack) => new sfn.Pass(stack, 'Start').next(new sfn.Succeed(stack, 'End')) }),
    idle({
      steps: (app, stack) =>
        new tasks.LambdaInvoke(stack, 'Run', {
          lambdaFunction: app.addFunction('Step', { entry: 'ok.ts' }).target,
        }),
    }),
  ),
  fine(
    'change the type of a workflow’s state machine from standard to express',
    onEvent(),
    onEvent(PAID, {}, { machine: { stateMachineType: sfn.StateMachineType.EXPRESS } }),
  ),
  troubled(
    'change the type of a state machine with a name',
    [
      onEvent(PAID, {}, { machine: { stateMachineName: 'ship' } }),
      onEvent(
        PAID,
        {},
        {
          machine: { stateMachineName: 'ship', stateMachineType: sfn.StateMachineType.EXPRESS },
        },
      ),
    ],
    {
      kinds: ['will-fail'],
      what: 'CloudFormation creates the new state machine while the old one still has the name.',
      instead: 'Change or remove `stateMachineName` in the same deployment.',
    },
  ),
  ...Object.entries<WorkflowOptions>({
    transitions: { transitions: 9 },
    duration: { duration: Duration.minutes(2) },
  }).map(([name, options]) =>
    fine(`set and unset \`${name}\` of a workflow`, idle(), idle({ options }), idle()),
  ),
];
