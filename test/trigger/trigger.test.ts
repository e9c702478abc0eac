import { AppFunction, InvocationType, ITrigger, TriggerConfig } from 'cdk-serverless-app';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { ids, only, quickApp, resources } from '../support/synth';

/** A trigger as a user may write it. */
class Nightly implements ITrigger {
  constructor(private readonly invocation: InvocationType) {}

  bind(fn: AppFunction): TriggerConfig {
    new events.Rule(fn, 'Nightly', {
      schedule: events.Schedule.cron({ hour: '0', minute: '0' }),
      targets: [new targets.LambdaFunction(fn.target)],
    });
    return { kind: 'nightly', invocation: this.invocation, source: 'midnight' };
  }
}

test('a trigger of the user runs the function', () => {
  const { app, stack } = quickApp();

  const fn = app.addFunction('F', {
    entry: 'ok.ts',
    triggers: [new Nightly(InvocationType.ASYNCHRONOUS)],
  });

  expect(only(stack, 'AWS::Events::Rule')).toMatchObject({
    Targets: [{ Arn: stack.resolve(fn.function.functionArn) as unknown }],
  });
});

test.each([
  [InvocationType.ASYNCHRONOUS, 1],
  [InvocationType.SYNCHRONOUS, 0],
  [InvocationType.POLLED, 0],
])('a trigger of the user that is %s adds %d asynchronous configurations', (kind, count) => {
  const { app, stack } = quickApp();

  app.addFunction('F', { entry: 'ok.ts', triggers: [new Nightly(kind)] });

  expect(ids(stack, 'AWS::Lambda::EventInvokeConfig')).toHaveLength(count);
});

test('a trigger may be added later', () => {
  const { app, stack } = quickApp();

  app.addFunction('F', { entry: 'ok.ts' }).addTrigger(new Nightly(InvocationType.ASYNCHRONOUS));

  expect(Object.keys(resources(stack, 'AWS::Events::Rule'))).toHaveLength(1);
});
