/**
 * What the library says to policy packs of its own resources, and why: each a rule that AWS leaves no way to follow, that is wrong about the
 * resource, or that costs more than it gives. docs/security.md argues them; test/security/acknowledgements.test.ts lists where each is said.
 */
export type RuleReasons = Readonly<Record<string, string>>;

// AWS leaves no other way. Each is said of one resource in one policy: `AwsSolutions-IAM5[Resource::…]`.

export const OBJECTS =
  'the objects of one bucket: their keys are not known before, and S3 names them no other way';
export const INDEXES =
  'the indexes of one table: DynamoDB names them `<table>/index/<name>`, and one may be added later';
export const FAILED_RECORDS =
  'what Lambda writes of a stream’s records that failed: below one prefix of one bucket, under names of its own';
export const VERSIONS =
  'the versions of one function: each deployment makes one, whose number nobody knows before';
export const ALARMS_BY_NAME =
  'CloudWatch asks whoever looks for alarms by name for the permission to look at all alarms of the account and region';

/** Actions that know no resource but `*`: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export const ACTIONS_WITHOUT_RESOURCE: RuleReasons = {
  'ec2:AssignPrivateIpAddresses': 'the network interface of a function in a VPC',
  'ec2:CreateNetworkInterface': 'the network interface of a function in a VPC',
  'ec2:DeleteNetworkInterface': 'the network interface of a function in a VPC',
  'ec2:DescribeNetworkInterfaces': 'the network interface of a function in a VPC',
  'ec2:DescribeSubnets': 'the network interface of a function in a VPC',
  'ec2:UnassignPrivateIpAddresses': 'the network interface of a function in a VPC',
  'xray:PutTelemetryRecords': 'the traces of a function',
  'xray:PutTraceSegments': 'the traces of a function',
};
const NO_RESOURCE = 'each action that this role has on `*` is one for which AWS knows no resource';
export const WITHOUT_RESOURCE: RuleReasons = {
  'AwsSolutions-IAM5[Resource::*]': NO_RESOURCE,
  'Serverless-LambdaStarPermissions': NO_RESOURCE,
};

export const DURABLE_POLICY = 'service-role/AWSLambdaBasicDurableExecutionRolePolicy'; // as the CDK gives it to a role that it makes
export const DURABLE: RuleReasons = {
  [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${DURABLE_POLICY}]`]:
    'its statements would have to name the function, which waits for this role',
};

// The rule is wrong about the resource.

export const FAILURE_QUEUE: RuleReasons = {
  'AwsSolutions-SQS3':
    'it is the app’s dead-letter queue; functions name it as an on-failure destination, which the rule does not look for',
  'Serverless-SQSRedrivePolicy':
    'it is the app’s dead-letter queue; nothing takes from it by itself',
};
export const FAILURE_RULE: RuleReasons = {
  'Serverless-EventBusDLQ':
    'it only tells of a record that stands in the failure bucket, and its target is the app’s dead-letter queue',
};
export const MAIL: RuleReasons = {
  'Serverless-SNSRedrivePolicy':
    'a mail that does not arrive is no event to repeat: in the failure queue it would raise the alarm that it tells of',
};
const LAMBDA_DLQ = 'Serverless-LambdaDLQ';
export const ON_FAILURE: RuleReasons = {
  [LAMBDA_DLQ]:
    'it has an on-failure destination, which tells the error too; with a dead-letter queue beside it each failure would come twice',
};
export const NOT_ASYNCHRONOUS: RuleReasons = {
  [LAMBDA_DLQ]:
    'nothing of the app runs it asynchronously: a caller sees the error, and a stream has an on-failure destination of its own',
};

// What it demands costs more than it gives; one option has it.

export const TRACING: RuleReasons = {
  'Serverless-LambdaTracing':
    'a trace costs more than the request that it is of; `functionDefaults: { tracing: Tracing.ACTIVE }` has them',
};
export const DEVELOPMENT_BUCKET: RuleReasons = {
  'AwsSolutions-S1':
    'a development stage is removed with its stack, which a bucket that fills with logs would prevent; `serverAccessLogs: true` has them',
};
