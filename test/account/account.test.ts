// What only a real account shows. `npm run test:aws` runs it, says what it costs, and removes all of it.
import { BudgetsClient, DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  CodeDeployClient,
  GetDeploymentCommand,
  ListDeploymentsCommand,
} from '@aws-sdk/client-codedeploy';
import {
  GetAliasCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CdkCli } from '../deploy/support/cdk-cli';
import { DeployedStack } from '../deploy/support/deployed-stack';
import { emptyBuckets, failedEvent, failureMessage, request } from '../deploy/support/drive';
import { eventually } from '../deploy/support/eventually';
import { leftovers } from '../deploy/support/leftovers';
import { Target } from '../deploy/support/target';

const STACK = 'CdkServerlessAppAccount';
const MINUTE = 60_000;

jest.setTimeout(25 * MINUTE);

let target: Target;
let stack: DeployedStack;
let lambda: LambdaClient;

/** Deploys a version, and returns the error of a deployment that CloudFormation rolled back. */
async function deploy(version: string): Promise<Error | undefined> {
  const cdk = new CdkCli(target, { folder: path.join(__dirname, 'app'), context: { version } });
  try {
    await cdk.synth();
    return await cdk.deploy().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
  } finally {
    cdk.close();
  }
}

const bodies = async (route: string, count: number): Promise<string[]> => {
  const answers: string[] = [];
  for (let i = 0; i < count; i++) {
    const { status, body } = await request(target, `${stack.output('Url')}${route}`);
    answers.push(status === 200 ? body : String(status));
  }
  return answers;
};

/** The bodies that a route answers with until the promise settles. */
async function bodiesDuring(route: string, work: Promise<unknown>): Promise<Set<string>> {
  const seen = new Set<string>();
  const state = { ended: false };
  void work.finally(() => {
    state.ended = true;
  });
  while (!state.ended) {
    (await bodies(route, 2)).forEach((body) => seen.add(body));
    await sleep(500);
  }
  return seen;
}

async function statusOfLastRollout(): Promise<string | undefined> {
  const codeDeploy = new CodeDeployClient(target.clientOptions);
  const { deployments: [deploymentId] = [] } = await codeDeploy.send(
    new ListDeploymentsCommand({
      applicationName: stack.resource('AWS::CodeDeploy::Application'),
      deploymentGroupName: stack.resource('AWS::CodeDeploy::DeploymentGroup'),
    }),
  );
  const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
  return deploymentInfo?.status;
}

beforeAll(async () => {
  target = await Target.open();
  lambda = new LambdaClient(target.clientOptions);
  if ((await DeployedStack.find(target, STACK)) !== undefined) {
    throw new Error(
      `there is a stack ${STACK} already: remove it with \`npm run test:aws -- --clean\``,
    );
  }
  await target.bootstrap();
  const error = await deploy('1');
  if (error !== undefined) {
    throw error;
  }
  stack = await DeployedStack.get(target, STACK);
});

afterAll(async () => {
  const cdk = new CdkCli(target, { folder: path.join(__dirname, 'app') });
  await cdk.synth();
  await emptyBuckets(target, stack.resources);
  await cdk.destroy();
  cdk.close();
  const left = await leftovers(target, stack.resources);
  await target.close();
  expect(left).toEqual([]);
});

test('provisioned concurrency is ready, and requests find it', async () => {
  const FunctionName = stack.functionName('Warm');
  await eventually(
    'the environment is ready',
    async () => {
      const { Status } = await lambda.send(
        new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: 'live' }),
      );
      return Status === 'READY';
    },
    { timeoutMs: 5 * MINUTE, everyMs: 5000 },
  );

  expect(await bodies('warm', 3)).toContain('provisioned-concurrency');
});

test('a route with a throttle refuses what is above it, and other routes do not', async () => {
  const many = async (route: string): Promise<number[]> => {
    const url = `${stack.output('Url')}${route}`;
    const answers = await Promise.all(Array.from({ length: 40 }, () => request(target, url)));
    return answers.map(({ status }) => status);
  };

  expect(await many('throttled')).toContain(429);
  expect(await many('warm')).not.toContain(429);
});

test('a failed event is in the failure queue, and an alarm notifies the topic', async () => {
  const FunctionName = stack.functionName('Failing');
  await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: '{}' }));

  const event = await failedEvent(target, stack.output('FailureQueueUrl'), FunctionName);
  expect(event.responsePayload?.errorMessage).toBe('this function fails on purpose');

  const heard = await failureMessage<{ readonly Message: string }>(
    target,
    stack.output('HeardUrl'),
    'a notification of an alarm',
    ({ Message = '' }) => Message.includes('"NewStateValue":"ALARM"'),
    { timeoutMs: 15 * MINUTE },
  );
  expect(heard.Message).toContain(STACK);
});

test('all alarms are evaluated, and none lacks a permission', async () => {
  const { MetricAlarms = [], CompositeAlarms = [] } = await new CloudWatchClient(
    target.clientOptions,
  ).send(new DescribeAlarmsCommand({ AlarmNamePrefix: STACK }));

  expect(MetricAlarms.length + CompositeAlarms.length).toBe(
    stack.resources.filter(({ type }) => /^AWS::CloudWatch::.*Alarm$/.test(type)).length,
  );
  expect(MetricAlarms.map(({ EvaluationState }) => EvaluationState).filter(Boolean)).toEqual([]);
});

test('the budget exists, with its limit', async () => {
  const { Account: AccountId } = await new STSClient(target.clientOptions).send(
    new GetCallerIdentityCommand({}),
  );
  const { Budgets = [] } = await new BudgetsClient({
    ...target.clientOptions,
    region: 'us-east-1',
  }).send(new DescribeBudgetsCommand({ AccountId }));
  const name = stack.resource('AWS::Budgets::Budget');

  const budget = Budgets.find(({ BudgetName }) => BudgetName === name);
  expect(Number(budget?.BudgetLimit?.Amount)).toBe(5);
});

test('a rollout shifts a part of the traffic first, and ends with all of it', async () => {
  const deploying = deploy('2');
  const seen = await bodiesDuring('version', deploying);

  expect(await deploying).toBeUndefined();
  expect(seen).toEqual(new Set(['1', '2']));
  expect(new Set(await bodies('version', 10))).toEqual(new Set(['2']));
  expect(await statusOfLastRollout()).toBe('Succeeded');
});

test('a version that fails is rolled back by its alarm', async () => {
  const deploying = deploy('broken');
  await bodiesDuring('version', deploying);

  expect(await deploying).toBeInstanceOf(Error);
  expect(['Stopped', 'Failed']).toContain(await statusOfLastRollout());
  expect(new Set(await bodies('version', 10))).toEqual(new Set(['2']));
  const { RoutingConfig } = await lambda.send(
    new GetAliasCommand({ FunctionName: stack.functionName('Version'), Name: 'live' }),
  );
  expect(RoutingConfig?.AdditionalVersionWeights ?? {}).toEqual({});
});
