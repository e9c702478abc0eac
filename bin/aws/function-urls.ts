import { LambdaClient, ListFunctionUrlConfigsCommand } from '@aws-sdk/client-lambda';
import { AwsOptions, clientSettings, naming } from './clients';

/** Reads the URL of a deployed function, which may be an alias's. */
export function functionUrls(options: AwsOptions): (name: string) => Promise<string | undefined> {
  const client = naming(new LambdaClient(clientSettings(options)), 'lambda');
  return async (FunctionName) => {
    const { FunctionUrlConfigs = [] } = await client.send(
      new ListFunctionUrlConfigsCommand({ FunctionName }),
    );
    return FunctionUrlConfigs[0]?.FunctionUrl;
  };
}
