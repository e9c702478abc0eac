import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { synthesize, Version } from '../../aws/support/versions';
import type { TemplateJson } from '../../support/synth';
import { CDK } from './bootstrap';
import { EMULATED_ACCOUNT, EMULATED_REGION } from './cdk-environment';
import { DeployedStack } from './deployed-stack';
import { forEmulator } from '../../../bin/dev/emulated-template';
import { eventually } from './eventually';
import { REPOSITORY } from './folders';
import { run } from '../../../bin/dev/supervised';
import { Target } from './target';

const FUNCTION = 'AWS::Lambda::Function';
/** The CDK puts it into a template by itself; it is no resource of the app. */
const METADATA = 'AWS::CDK::Metadata';

/** A stack of the emulator that is deployed in one version after the other. */
export class EditedStack {
  private readonly client: CloudFormationClient;

  constructor(
    private readonly target: Target,
    readonly name: string,
  ) {
    this.client = new CloudFormationClient(target.clientOptions);
  }

  /** Deploys a version; the error of a deployment that fails has the CDK's output. */
  async deploy(version: Version): Promise<void> {
    const env = { account: EMULATED_ACCOUNT, region: EMULATED_REGION };
    const assembly = synthesize(version, env, this.name);
    forEmulator(assembly);
    const args = [
      'deploy',
      '--all',
      '--require-approval',
      'never',
      '--method',
      'direct',
      '--app',
      assembly,
    ];
    await run(CDK, ['--no-notices', '--no-color', '--progress', 'events', ...args], {
      cwd: REPOSITORY,
      env: this.target.cdkEnvironment,
    });
    await this.requireDeployed(assembly);
  }

  /** Holds what CloudFormation and Lambda list against the template. */
  private async requireDeployed(assembly: string): Promise<void> {
    const { Stacks: stacks = [] } = await this.client.send(
      new DescribeStacksCommand({ StackName: this.name }),
    );
    expect(stacks.map(({ StackStatus }) => StackStatus)).toEqual([
      expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/),
    ]);
    const { resources } = await DeployedStack.get(this.target, this.name);
    const listed = resources.map(({ logicalId, type }) => `${type} ${logicalId}`);
    expect(listed.filter((each) => !each.startsWith(METADATA)).sort()).toEqual(
      declaredIn(path.join(assembly, `${this.name}.template.json`)),
    );
    const lambda = new LambdaClient(this.target.clientOptions);
    const functions = resources.filter(({ type }) => type === FUNCTION);
    await Promise.all(
      functions.map(({ physicalId: FunctionName }) =>
        lambda.send(new GetFunctionCommand({ FunctionName })),
      ),
    );
  }

  async delete(): Promise<void> {
    await this.client.send(new DeleteStackCommand({ StackName: this.name }));
    await eventually(
      `${this.name} is deleted`,
      async () => (await DeployedStack.find(this.target, this.name)) === undefined,
    );
  }
}

function declaredIn(template: string): string[] {
  const { Resources = {} } = JSON.parse(fs.readFileSync(template, 'utf8')) as TemplateJson;
  return Object.entries(Resources)
    .map(([id, { Type }]) => `${Type} ${id}`)
    .filter((each) => !each.startsWith(METADATA))
    .sort();
}
