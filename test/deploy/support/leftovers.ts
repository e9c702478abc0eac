import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { StackResource } from './deployed-stack';
import { scheduleName } from './drive';
import { Target } from './target';

/** Asks a service for a resource; throws where there is none. */
type Ask = (physicalId: string) => Promise<unknown>;

const MISSING = /NotFound|NonExistent|does not exist|NoSuch/;

/** The logical ids of the resources that are still there, of the kinds that hold data, run or cost. */
export async function leftovers(
  target: Target,
  resources: readonly StackResource[],
): Promise<string[]> {
  const asks = asksByType(target);
  const found = await Promise.all(
    resources.map(async ({ type, logicalId, physicalId }) => {
      const ask = asks[type];
      return ask !== undefined && (await exists(ask, physicalId)) ? [logicalId] : [];
    }),
  );
  return found.flat().sort();
}

async function exists(ask: Ask, physicalId: string): Promise<boolean> {
  try {
    return (await ask(physicalId)) !== undefined;
  } catch (error) {
    if (error instanceof Error && MISSING.test(`${error.name} ${error.message}`)) {
      return false;
    }
    throw error;
  }
}

function asksByType({ clientOptions }: Target): Readonly<Record<string, Ask>> {
  const logs = new CloudWatchLogsClient(clientOptions);
  const cognito = new CognitoIdentityProviderClient(clientOptions);
  const dynamodb = new DynamoDBClient(clientOptions);
  const lambda = new LambdaClient(clientOptions);
  const s3 = new S3Client(clientOptions);
  const scheduler = new SchedulerClient(clientOptions);
  const sqs = new SQSClient(clientOptions);
  return {
    'AWS::DynamoDB::GlobalTable': (TableName) =>
      dynamodb.send(new DescribeTableCommand({ TableName })),
    'AWS::S3::Bucket': (Bucket) => s3.send(new HeadBucketCommand({ Bucket })),
    'AWS::Lambda::Function': (FunctionName) =>
      lambda.send(new GetFunctionCommand({ FunctionName })),
    'AWS::SQS::Queue': (QueueUrl) => sqs.send(new GetQueueAttributesCommand({ QueueUrl })),
    'AWS::Scheduler::Schedule': (id) =>
      scheduler.send(new GetScheduleCommand({ Name: scheduleName(id) })),
    'AWS::Cognito::UserPool': (UserPoolId) =>
      cognito.send(new DescribeUserPoolCommand({ UserPoolId })),
    'AWS::Logs::LogGroup': async (logGroupNamePrefix) => {
      const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
      return logGroups?.find((group) => group.logGroupName === logGroupNamePrefix);
    },
  };
}
