import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client,
  GetStageCommand,
  NotFoundException,
} from '@aws-sdk/client-apigatewayv2';
import { CostExplorerClient, ListCostAllocationTagsCommand } from '@aws-sdk/client-cost-explorer';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AccountReader } from '../doctor/account-reader';
import { unreadable } from '../aws-error';
import { AwsOptions, clientSettings, naming } from './clients';

export function accountReader(options: AwsOptions): AccountReader {
  const settings = clientSettings(options);
  return {
    identity: async () => {
      const client = naming(new STSClient(settings), 'sts');
      const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
      if (Account === undefined || Arn === undefined) {
        throw unreadable('sts:GetCallerIdentity', 'it names no account');
      }
      return { account: Account, arn: Arn };
    },
    region: () => new STSClient(settings).config.region(),
    parameter: async (Name) => {
      const client = naming(new SSMClient(settings), 'ssm');
      try {
        return (await client.send(new GetParameterCommand({ Name }))).Parameter?.Value;
      } catch (error) {
        if (error instanceof ParameterNotFound) {
          return undefined;
        }
        throw error;
      }
    },
    concurrencyLimit: async () => {
      const client = naming(new LambdaClient(settings), 'lambda');
      const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
      return AccountLimit?.ConcurrentExecutions ?? 0;
    },
    costTagActive: async (key) => {
      // Billing has an endpoint in one region only.
      const client = naming(new CostExplorerClient({ ...settings, region: 'us-east-1' }), 'ce');
      const { CostAllocationTags: [tag] = [] } = await client.send(
        new ListCostAllocationTagsCommand({ TagKeys: [key], Type: 'UserDefined' }),
      );
      return tag === undefined ? undefined : tag.Status === 'Active';
    },
    logRole: async () => {
      const client = naming(new APIGatewayClient(settings), 'apigateway');
      const { cloudwatchRoleArn } = await client.send(new GetAccountCommand({}));
      return cloudwatchRoleArn;
    },
    routesWithSettings: async (ApiId) => {
      const client = naming(new ApiGatewayV2Client(settings), 'apigateway');
      try {
        const stage = await client.send(new GetStageCommand({ ApiId, StageName: '$default' }));
        return Object.keys(stage.RouteSettings ?? {});
      } catch (error) {
        if (error instanceof NotFoundException) {
          return undefined;
        }
        throw error;
      }
    },
  };
}
