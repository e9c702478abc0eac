import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { Target } from './target';

export interface StackResource {
  readonly type: string;
  readonly logicalId: string;
  readonly physicalId: string;
}

/** A stack's resources and outputs, read from CloudFormation. */
export class DeployedStack {
  static async find(target: Target, name: string): Promise<DeployedStack | undefined> {
    const client = new CloudFormationClient(target.clientOptions);
    const described = await client
      .send(new DescribeStacksCommand({ StackName: name }))
      .catch((error: unknown) => {
        if (error instanceof Error && error.message.includes('does not exist')) {
          return undefined;
        }
        throw error;
      });
    const stack = described?.Stacks?.find(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
    if (stack === undefined) {
      return undefined;
    }
    const resources: StackResource[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName: name })) {
      for (const resource of page.StackResourceSummaries ?? []) {
        resources.push({
          type: resource.ResourceType ?? '',
          logicalId: resource.LogicalResourceId ?? '',
          physicalId: resource.PhysicalResourceId ?? '',
        });
      }
    }
    const outputs = stack.Outputs?.map((output) => [output.OutputKey, output.OutputValue]) ?? [];
    return new DeployedStack(resources, Object.fromEntries(outputs) as Record<string, string>);
  }

  static async get(target: Target, name: string): Promise<DeployedStack> {
    const stack = await DeployedStack.find(target, name);
    if (stack === undefined) {
      throw new Error(`there is no stack ${name}`);
    }
    return stack;
  }

  private constructor(
    readonly resources: readonly StackResource[],
    private readonly outputs: Readonly<Record<string, string>>,
  ) {}

  output(name: string): string {
    const value = this.outputs[name];
    if (value === undefined) {
      throw new Error(`the stack has no output ${name}`);
    }
    return value;
  }

  /** The physical id of the one resource of that type whose logical id has the word. */
  resource(type: string, word = ''): string {
    const found = this.resources.filter(
      (resource) => resource.type === type && resource.logicalId.includes(word),
    );
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`the stack has ${found.length} resources ${type} ${word}`);
    }
    return only.physicalId;
  }

  /** The name of the Lambda function of an `AppFunction`. */
  functionName(id: string): string {
    return this.resource('AWS::Lambda::Function', `${id}Function`);
  }
}
