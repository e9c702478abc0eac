import { migrateText, synthesize, typeErrors } from './support';

jest.setTimeout(120_000);

const statementsOf = (app: string): string =>
  JSON.stringify(
    Object.values(synthesize(app).Resources ?? {})
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .map(({ Properties }) => Properties?.['PolicyDocument']),
  );

const serverless = (resource: string): string => `
service: shop
provider: { name: aws, runtime: nodejs24.x }
plugins: [serverless-step-functions]
functions: { work: { handler: work.handler } }
stepFunctions:
  stateMachines:
    inner:
      id: Inner
      definition: { StartAt: A, States: { A: { Type: Pass, End: true } } }
    outer:
      id: Outer
      definition:
        StartAt: All
        States:
          All:
            Type: Parallel
            End: true
            Branches:
              - StartAt: Start
                States:
                  Start:
                    Type: Task
                    Resource: ${resource}
                    Parameters: { StateMachineArn: { Ref: Inner } }
                    End: true
`;

test.each([
  ['arn:aws:states:::states:startExecution', false],
  ['arn:aws:states:::states:startExecution.sync', true],
  ['arn:aws:states:::states:startExecution.sync:2', true],
])('a state machine that starts another by %s may do so', (resource, isSync) => {
  const { app } = migrateText(serverless(resource), 'serverless.yml');

  const text = statementsOf(app);

  expect(text).toContain(
    '"Action":"states:StartExecution","Effect":"Allow","Resource":{"Ref":"Inner',
  );
  expect(text.includes('states:StopExecution')).toBe(isSync);
  expect(text.includes('rule/StepFunctionsGetEventsForStepFunctionsExecutionRule')).toBe(isSync);
  expect(typeErrors({ app })).toEqual([]);
});

test.each([
  ['arn:aws:states:::sqs:sendMessage', 'sqs:sendMessage'],
  ['arn:aws:states:::aws-sdk:s3:getObject', 'aws-sdk:s3:getObject'],
])('the permissions that the plugin derives for the task %s are reported', (resource, task) => {
  const { notes } = migrateText(serverless(resource), 'serverless.yml');

  expect(
    notes.filter(({ text }) => text.includes(`the permissions for the task \`${task}\``)),
  ).toEqual([expect.objectContaining({ kind: 'lost', at: 'stepFunctions.outer' })]);
});

test('a state machine that starts one that its input names needs a permission that is reported', () => {
  const text = serverless('arn:aws:states:::states:startExecution').replace(
    'StateMachineArn: { Ref: Inner }',
    () => "'StateMachineArn.$': $.machine",
  );
  const { notes } = migrateText(text, 'serverless.yml');

  expect(notes.map((note) => note.text).join('\n')).toContain(
    'the permissions for the task `states:startExecution`',
  );
});

test('a policy template of SAM to start another state machine is kept', () => {
  const { app, notes } = migrateText(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: { Type: AWS::Serverless::Function, Properties: { Handler: work.handler, Runtime: nodejs24.x } }
  Inner: { Type: AWS::Serverless::StateMachine, Properties: { Definition: { StartAt: A, States: { A: { Type: Pass, End: true } } } } }
  Outer:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: { StartAt: A, States: { A: { Type: Pass, End: true } } }
      Policies:
        - StepFunctionsExecutionPolicy: { StateMachineName: !GetAtt Inner.Name }
        - StepFunctionsExecutionPolicy: { StateMachineName: elsewhere }
`);

  const text = statementsOf(app);

  expect(text).toContain('"Resource":{"Ref":"Inner');
  expect(text).toContain(':stateMachine:elsewhere');
  expect(notes.filter(({ kind }) => kind === 'lost')).toEqual([]);
});
