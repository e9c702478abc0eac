/** @own-modules cdk-nag looks for the newest release in `Runtime.ALL`, to which other files add releases that do not exist. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import {
  Access,
  AppStage,
  AppWorkflow,
  ColdStart,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
} from 'cdk-serverless-app';
import { formatApp } from '../../bin/commands/describe';
import { completeModel } from '../../lib/synthesis/app-info';
import { topologyOf } from '../../lib/report/topology';
import { nagFindings } from '../support/nag';
import {
  all,
  HANDLERS,
  only,
  quickCdkApp,
  resources,
  templateOf,
  warnings,
} from '../support/synth';
import { findCycle } from '../support/template-graph';

const RULE = 'AWS::Events::Rule';
const SCHEDULE = 'AWS::Scheduler::Schedule';
const PAID = { source: ['shop'], detailType: ['OrderPaid'] };
const HOURLY = ScheduleExpression.rate(Duration.hours(1));
const HTTP = { http: { authorizer: new HttpIamAuthorizer() } };

interface Made {
  readonly cdk: App;
  readonly app: ServerlessApp;
  readonly stack: Stack;
  readonly machine: sfn.StateMachine;
  readonly workflow: AppWorkflow;
}

function withWorkflow(props: ServerlessAppProps = {}, type?: sfn.StateMachineType): Made {
  const cdk = quickCdkApp();
  const stack = new Stack(cdk, 'Test', { env: { account: '111111111111', region: 'us-east-1' } });
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, ...props });
  const pack = app.addFunction('Pack', { entry: 'ok.ts' });
  const steps = new LambdaInvoke(stack, 'PackStep', { lambdaFunction: pack.target }).next(
    new sfn.Parallel(stack, 'Both')
      .branch(new sfn.Pass(stack, 'One'))
      .branch(new sfn.Pass(stack, 'Two')),
  );
  const machine = new sfn.StateMachine(stack, 'Machine', {
    stateMachineType: type,
    definitionBody: sfn.DefinitionBody.fromChainable(steps),
  });
  return { cdk, app, stack, machine, workflow: app.addWorkflow('Fulfil', machine) };
}

/** The role with this id of the workflow. */
function roleOf(stack: Stack, id: string): Record<string, unknown> | undefined {
  return Object.entries(resources(stack, 'AWS::IAM::Role')).find(([key]) =>
    key.startsWith(`AppFulfil${id}`),
  )?.[1].Properties;
}

const START = {
  Action: 'states:StartExecution',
  Effect: 'Allow',
  Resource: { Ref: expect.stringMatching(/^Machine/) as string },
};

describe('an event', () => {
  test('starts the machine with the role of this workflow; what cannot be delivered goes to the failure queue', () => {
    const { stack, workflow } = withWorkflow();
    workflow.onEvent(PAID);

    expect(only(stack, RULE)).toMatchObject({
      EventPattern: { source: ['shop'], 'detail-type': ['OrderPaid'] },
      Targets: [
        {
          Arn: START.Resource,
          RoleArn: expect.anything() as unknown,
          DeadLetterConfig: { Arn: expect.anything() as unknown },
          RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 },
        },
      ],
    });
    expect(roleOf(stack, 'EventsRole')).toMatchObject({
      AssumeRolePolicyDocument: {
        Statement: [{ Principal: { Service: 'events.amazonaws.com' } }],
      },
      Policies: [{ PolicyDocument: { Statement: [START] } }],
    });
  });

  test('takes the options of `onEvent`', () => {
    const { app, stack, workflow } = withWorkflow();
    workflow.onEvent(PAID, {
      eventBus: app.addEventBus('Shop'),
      enabled: false,
      retryPolicy: { retryAttempts: 7 },
    });

    expect(only(stack, RULE)).toMatchObject({
      EventBusName: { Ref: expect.stringContaining('Shop') as string },
      State: 'DISABLED',
      Targets: [{ RetryPolicy: { MaximumRetryAttempts: 7 } }],
    });
  });

  test('of two patterns has two rules and one role', () => {
    const { stack, workflow } = withWorkflow();
    workflow.onEvent(PAID);
    workflow.onEvent({ source: ['other'] });

    expect(all(stack, RULE)).toHaveLength(2);
    expect(
      Object.keys(resources(stack, 'AWS::IAM::Role')).filter((id) => id.startsWith('AppFulfil')),
    ).toHaveLength(1);
  });

  test('with a wrong pattern fails', () => {
    const { workflow } = withWorkflow();

    expect(() => {
      workflow.onEvent({ source: [] });
    }).toThrow(/`workflows\.Fulfil\.pattern\.source`/);
  });
});

test('a schedule starts the machine, as one of a function does; in development it is off', () => {
  const targetOf = (stage: AppStage): Record<string, unknown> => {
    const { stack, workflow } = withWorkflow({ stage });
    workflow.onSchedule(HOURLY);
    return { ...only(stack, SCHEDULE), role: roleOf(stack, 'SchedulerRole') };
  };

  expect(targetOf(AppStage.PRODUCTION)).toMatchObject({
    State: 'ENABLED',
    Target: {
      Arn: START.Resource,
      DeadLetterConfig: { Arn: expect.anything() as unknown },
      RetryPolicy: { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 3600 },
    },
    role: {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111111111111' },
              ArnEquals: { 'aws:SourceArn': [expect.anything()] },
            },
          },
        ],
      },
      Policies: [
        {
          PolicyDocument: {
            Statement: [START, { Action: 'sqs:SendMessage', Effect: 'Allow' }],
          },
        },
      ],
    },
  });
  expect(targetOf(AppStage.DEVELOPMENT)).toMatchObject({ State: 'DISABLED' });
});

describe('an object', () => {
  test('in a bucket of the app starts the machine through EventBridge, which the bucket then sends its events to', () => {
    const { app, stack, workflow } = withWorkflow();
    workflow.onObjectCreated(app.addBucket('Uploads'), { prefix: 'in/', suffix: '.csv' });

    expect(only(stack, RULE)).toMatchObject({
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { object: { key: [{ wildcard: 'in/*.csv' }] } },
      },
      Targets: [{ Arn: START.Resource }],
    });
    expect(JSON.stringify(resources(stack, 'AWS::S3::Bucket'))).toContain(
      '"EventBridgeConfiguration":{"EventBridgeEnabled":true}',
    );
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('in a bucket of yours that does not send its events fails at synthesis', () => {
    const { cdk, stack, workflow } = withWorkflow();
    workflow.onObjectCreated(new Bucket(stack, 'Mine'));

    expect(() => cdk.synth()).toThrow(
      /workflows\.Fulfil\.bucket.*must send its events to EventBridge/,
    );
  });
});

describe('a request', () => {
  test('to an HTTP API starts the machine by an integration of the service, and is answered with 202', () => {
    const { stack, workflow } = withWorkflow(HTTP);
    workflow.onRequest('POST /fulfilments');
    workflow.onRequest('PUT /fulfilments');

    expect(only(stack, 'AWS::ApiGatewayV2::Integration')).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype: 'StepFunctions-StartExecution',
      PayloadFormatVersion: '1.0',
      RequestParameters: { StateMachineArn: START.Resource, Input: '$request.body' },
      ResponseParameters: {
        '200': { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '202' }] },
      },
    });
    expect(all(stack, 'AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey)).toEqual([
      'POST /fulfilments',
      'PUT /fulfilments',
    ]);
    expect(roleOf(stack, 'ApiRole')).toMatchObject({
      Policies: [{ PolicyDocument: { Statement: [START] } }],
    });
  });

  test('to a REST API is forwarded', () => {
    const { stack, workflow } = withWorkflow({ rest: { accessLog: false } });
    workflow.onRequest('POST /fulfilments', { apiKeyRequired: true });

    const body = JSON.stringify(only(stack, 'AWS::ApiGateway::RestApi')['Body']);
    expect(body).toContain('states:action/StartExecution');
  });

  test('that anybody can send is a warning', () => {
    const { stack, workflow } = withWorkflow();
    workflow.onRequest('POST /fulfilments');

    expect(warnings(stack).join()).toContain(
      '`http.authorizer` must say who may call `POST /fulfilments`',
    );
  });

  test('with an option that only a REST API has fails', () => {
    const { workflow } = withWorkflow(HTTP);

    expect(() => {
      workflow.onRequest('POST /x', { apiKeyRequired: true });
    }).toThrow(/apiKeyRequired` must be left out if the app has an HTTP API/);
  });

  test('to a route that a function has fails', () => {
    const { app, workflow } = withWorkflow(HTTP);
    app.onRequest('POST /x', 'ok.ts');

    expect(() => {
      workflow.onRequest('POST /x');
    }).toThrow(/must be unique; Test\/App\/Ok has the same route/);
  });
});

describe('the app', () => {
  test('has an alarm on failed executions, which can be changed by name', () => {
    const { cdk, app, workflow } = withWorkflow({
      notify: ['ops@example.com'],
      alarms: { FulfilWorkflowFails: { datapointsToAlarm: 1, evaluationPeriods: 2 } },
    });
    workflow.onSchedule(HOURLY);
    cdk.synth();

    const alarm = app.tryGetAlarm('FulfilWorkflowFails');
    expect(alarm?.node.path).toBe('Test/App/Fulfil/WorkflowFailsAlarm');
    const { monitoring } = completeModel(app);
    expect(monitoring.alarms.find(({ id }) => id === 'FulfilWorkflowFails')).toMatchObject({
      metrics: 3,
    });
  });

  test('estimates standard executions by their transitions: each state once, and the start', () => {
    const { app, workflow } = withWorkflow();
    workflow.onEvent(PAID, { monthlyEvents: { moderate: 1000 } });

    const parts = app.estimate().moderate.parts.filter(({ resource }) => resource === 'Fulfil');
    // PackStep, Both, One, Two, and the start
    expect(parts).toMatchObject([
      { price: 'stepFunctions.transitions', quantity: 5000, dollars: 0.125 },
    ]);
    expect(app.estimate().uncounted).toEqual([]);
  });

  test('estimates express executions by requests and duration', () => {
    const { app, workflow } = withWorkflow({}, sfn.StateMachineType.EXPRESS);
    workflow.onEvent(PAID, { monthlyEvents: { moderate: 1_000_000 } });

    const parts = app.estimate().moderate.parts.filter(({ resource }) => resource === 'Fulfil');
    expect(parts).toMatchObject([
      { price: 'stepFunctions.expressRequests', quantity: 1_000_000, dollars: 1 },
      { price: 'stepFunctions.expressDuration', quantity: 62_500 },
    ]);
  });

  test('assumes transitions of an imported machine, and says so', () => {
    const { app, stack } = withWorkflow();
    const theirs = sfn.StateMachine.fromStateMachineArn(
      stack,
      'Theirs',
      'arn:aws:states:us-east-1:111111111111:stateMachine:theirs',
    );
    app.addWorkflow('Other', theirs).onEvent(PAID, { monthlyEvents: { moderate: 1000 } });

    const { assumptions, moderate } = app.estimate();
    expect(moderate.parts.find(({ resource }) => resource === 'Other')?.quantity).toBe(5000);
    expect(assumptions).toContain(
      'the definition of `Other` is unknown: it counts as 5 transitions',
    );
  });

  test('describes what starts the workflow, and what it runs', () => {
    const { app, workflow } = withWorkflow();
    workflow.onEvent(PAID);

    const text = formatApp(completeModel(app));
    expect(text).toMatch(/Pack +step of Fulfil/);
    expect(text).toMatch(/Fulfil +OrderPaid from shop +starts Machine, runs Pack/);
  });

  test('draws the workflow between its events and the functions that it runs', () => {
    const { app, workflow } = withWorkflow();
    workflow.onEvent(PAID);

    const { edges } = topologyOf(completeModel(app));
    expect(edges).toContainEqual({ from: 'steps:Fulfil', to: 'function:Pack', kind: 'runs' });
    expect(edges).toContainEqual({
      from: expect.stringContaining('OrderPaid') as string,
      to: 'workflow:Fulfil',
      kind: 'runs',
    });
  });

  test('has no cycle with shards', () => {
    const { stack, workflow } = withWorkflow({ sharding: Sharding.nestedStacks(2) });
    workflow.onSchedule(HOURLY);
    workflow.onEvent(PAID);

    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('adds nothing that cdk-nag finds; the findings of the machine are yours', () => {
    const { cdk, app, workflow } = withWorkflow(HTTP);
    workflow.onEvent(PAID);
    workflow.onSchedule(HOURLY);
    workflow.onRequest('POST /x');
    workflow.onObjectCreated(app.addBucket('Uploads'));
    cdk.synth();

    expect(nagFindings(cdk).filter((finding) => !finding.includes(' Test/Machine'))).toEqual([]);
  });
});

describe('guards', () => {
  test('a step that runs a function past its alias is a warning, and one by the alias is none', () => {
    const found = (useAlias: boolean): string[] => {
      const { app, stack } = withWorkflow();
      const fn = app.addFunction('Careful', {
        entry: 'ok.ts',
        coldStart: ColdStart.provisioned({ min: 1 }),
      });
      const step = new LambdaInvoke(stack, 'Step', {
        lambdaFunction: useAlias ? fn.target : fn.function,
      });
      new sfn.StateMachine(stack, 'Second', {
        definitionBody: sfn.DefinitionBody.fromChainable(step),
      });
      return warnings(stack).filter((text) => text.includes('alias'));
    };

    expect(found(true)).toEqual([]);
    expect(found(false).join()).toContain('Test/Second, which invokes `$LATEST`');
  });

  test('a function that a workflow runs and that may start it again is a loop', () => {
    const { app, stack, machine, workflow } = withWorkflow();
    workflow.onEvent(PAID);
    const pack = app.functions.find(({ node }) => node.id === 'Pack');
    pack?.addAccess(Access.startExecution(machine));

    expect(warnings(stack).join()).toMatch(
      /the workflow Fulfil runs Pack; Pack may start the workflow Fulfil|Pack may start the workflow Fulfil \(Test\/Machine\); the workflow Fulfil runs Pack/,
    );
  });

  test('a function that a workflow runs and that puts the event that starts it is a loop', () => {
    const { app, stack, workflow } = withWorkflow();
    const bus = app.addEventBus('Shop');
    workflow.onEvent(PAID, { eventBus: bus });
    const pack = app.functions.find(({ node }) => node.id === 'Pack');
    pack?.addAccess(Access.putEvents(bus, { detailTypes: ['OrderPaid'] }));

    expect(warnings(stack).join()).toContain('event-loop');
  });

  test('one that puts other events is none', () => {
    const { app, stack, workflow } = withWorkflow();
    const bus = app.addEventBus('Shop');
    workflow.onEvent(PAID, { eventBus: bus });
    const pack = app.functions.find(({ node }) => node.id === 'Pack');
    pack?.addAccess(Access.putEvents(bus, { detailTypes: ['OrderPacked'] }));

    expect(warnings(stack).join()).not.toContain('event-loop');
  });
});

test('fails without a machine, with an id twice, and with an unknown option', () => {
  const { app, machine } = withWorkflow();

  expect(() => app.addWorkflow('A', undefined as never)).toThrow(
    /`workflows\.A\.machine` must be a state machine/,
  );
  expect(() => app.addWorkflow('Fulfil', machine)).toThrow(/must have a unique id/);
  expect(() => app.addWorkflow('B', machine, { transition: 3 } as never)).toThrow(
    /did you mean `transitions`/,
  );
});
