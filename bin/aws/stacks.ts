import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListExports,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import type { DeployedStack, StackReader } from '../deployed-stack';
import { UserError } from '../user-error';
import { AwsOptions, clientSettings, naming } from './clients';

/** States of a stack that has a template but no resources: a first deployment failed, or never ran, or the stack was deleted. */
const NOTHING_DEPLOYED = /^(REVIEW_IN_PROGRESS|ROLLBACK_(COMPLETE|FAILED)|DELETE_COMPLETE)$/;

export function stackReader(options: AwsOptions): StackReader {
  const client = naming(new CloudFormationClient(clientSettings(options)), 'cloudformation');
  return {
    describe: async (stackName) => {
      const { Stacks: [stack] = [] } = await client
        .send(new DescribeStacksCommand({ StackName: stackName }))
        .catch(async (error: unknown) => {
          if (error instanceof Error && error.message.includes('does not exist')) {
            const region = await client.config.region();
            throw notDeployed(stackName, region);
          }
          throw error;
        });
      if (stack?.StackId === undefined) {
        throw notDeployed(stackName, options.region);
      }
      const resources: Record<string, { type: string; id: string }> = {};
      const pages = paginateListStackResources({ client }, { StackName: stack.StackId });
      for await (const { StackResourceSummaries: summaries = [] } of pages) {
        for (const { LogicalResourceId, PhysicalResourceId, ResourceType = '' } of summaries) {
          if (LogicalResourceId !== undefined && PhysicalResourceId !== undefined) {
            resources[LogicalResourceId] = { type: ResourceType, id: PhysicalResourceId };
          }
        }
      }
      const deployed: DeployedStack = {
        stackId: stack.StackId,
        stackName: stack.StackName ?? stackName,
        createdAt: stack.CreationTime,
        updatedAt: stack.LastUpdatedTime ?? stack.CreationTime,
        parameters: Object.fromEntries(
          (stack.Parameters ?? []).map((p) => [
            p.ParameterKey,
            p.ResolvedValue ?? p.ParameterValue,
          ]),
        ) as Record<string, string>,
        resources,
      };
      return deployed;
    },
    template: async (stackName) => {
      try {
        const { Stacks: [stack] = [] } = await client.send(
          new DescribeStacksCommand({ StackName: stackName }),
        );
        if (stack?.StackStatus === undefined || NOTHING_DEPLOYED.test(stack.StackStatus)) {
          return undefined;
        }
        const { TemplateBody } = await client.send(
          new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' }),
        );
        return TemplateBody;
      } catch (error) {
        if (error instanceof Error && error.message.includes('does not exist')) {
          return undefined;
        }
        throw error;
      }
    },
    exports: async () => {
      const found: Record<string, string> = {};
      for await (const { Exports = [] } of paginateListExports({ client }, {})) {
        for (const { Name, Value } of Exports) {
          if (Name !== undefined && Value !== undefined) {
            found[Name] = Value;
          }
        }
      }
      return found;
    },
  };
}

function notDeployed(stackName: string, region = 'the region'): UserError {
  return new UserError(
    `there is no stack ${stackName} in ${region}`,
    'deploy it with `npx cdk deploy`, or choose the account and region with --profile and --region',
  );
}
