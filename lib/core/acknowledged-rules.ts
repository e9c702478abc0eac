/**
 * The reasons with which the library acknowledges findings of policy packs about its own resources: AWS offers no alternative, the
 * rule is wrong about the resource, or it is not worth its cost. docs/security.md explains them, and
 * test/security/acknowledgements.test.ts lists each use.
 */
export type RuleReasons = Readonly<Record<string, string>>;

// AWS offers no alternative. Each reason covers one resource in one policy: `AwsSolutions-IAM5[Resource::…]`.

export const OBJECTS =
  'the objects of one bucket: their keys are unknown, and S3 has no other notation';
export const INDEXES =
  'the indexes of one table: DynamoDB names them `<table>/index/<name>`, and indexes can be added later';
export const PARAMETERS =
  'the parameters below one path: their names are unknown, and Systems Manager has no other notation';
export const CONNECTION_IDS =
  'the connections of one WebSocket API: API Gateway chooses their ids when clients connect';
export const FAILED_RECORDS =
  'the failed stream records that Lambda writes: below one prefix of one bucket, under names that Lambda chooses';
export const VERSIONS =
  'the versions of one function: each deployment creates one, whose number is unknown';
export const ALARMS_BY_NAME =
  'CloudWatch requires the permission on all alarms of the account and region to describe alarms by name';

/** Actions that support no resource but `*`: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export const ACTIONS_WITHOUT_RESOURCE: RuleReasons = {
  'cloudwatch:PutMetricData': 'only metrics in the namespace that a condition names',
  'ec2:AssignPrivateIpAddresses': 'the network interface of a function in a VPC',
  'ec2:CreateNetworkInterface': 'the network interface of a function in a VPC',
  'ec2:DeleteNetworkInterface': 'the network interface of a function in a VPC',
  'ec2:DescribeNetworkInterfaces': 'the network interface of a function in a VPC',
  'ec2:DescribeSubnets': 'the network interface of a function in a VPC',
  'ec2:UnassignPrivateIpAddresses': 'the network interface of a function in a VPC',
  'xray:PutTelemetryRecords': 'the traces of a function',
  'xray:PutTraceSegments': 'the traces of a function',
};
const NO_RESOURCE = 'AWS defines no resource for any action that this role has on `*`';
export const WITHOUT_RESOURCE: RuleReasons = {
  'AwsSolutions-IAM5[Resource::*]': NO_RESOURCE,
  'Serverless-LambdaStarPermissions': NO_RESOURCE,
};

export const DURABLE_POLICY = 'service-role/AWSLambdaBasicDurableExecutionRolePolicy'; // The CDK adds it to the roles that it creates.
export const DURABLE: RuleReasons = {
  [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${DURABLE_POLICY}]`]:
    'its statements would have to name the function, which depends on this role',
};

// The rule is wrong about the resource.

export const FAILURE_QUEUE: RuleReasons = {
  'AwsSolutions-SQS3':
    'it is the app’s dead-letter queue; functions use it as an on-failure destination, which the rule does not check',
  'Serverless-SQSRedrivePolicy':
    'it is the app’s dead-letter queue; nothing reads from it automatically',
};
export const FAILURE_RULE: RuleReasons = {
  'Serverless-EventBusDLQ':
    'it only announces a record in the failure bucket, and its target is the app’s dead-letter queue',
};
export const QUEUE_MAPPING: RuleReasons = {
  'Serverless-LambdaEventSourceMappingDestination':
    'the events of a queue have no other destination in Lambda: the queue’s own dead-letter queue receives them',
};
export const MAIL: RuleReasons = {
  'Serverless-SNSRedrivePolicy':
    'an undelivered email must not be retried: in the failure queue it would trigger the same alarm again',
};
const LAMBDA_DLQ = 'Serverless-LambdaDLQ';
export const ON_FAILURE: RuleReasons = {
  [LAMBDA_DLQ]:
    'it has an on-failure destination, which includes the error; an additional dead-letter queue would duplicate each failure',
};
export const NOT_ASYNCHRONOUS: RuleReasons = {
  [LAMBDA_DLQ]:
    'nothing in the app invokes it asynchronously: a caller sees the error, and a stream has its own on-failure destination',
};

// Following the rule is not worth its cost; one option enables it.

export const TRACING: RuleReasons = {
  'Serverless-LambdaTracing':
    'a trace costs more than the request that it describes; `functionDefaults: { tracing: Tracing.ACTIVE }` enables tracing',
};
export const DEVELOPMENT_BUCKET: RuleReasons = {
  'AwsSolutions-S1':
    'a development stage is removed with its stack, which a bucket full of logs would prevent; `serverAccessLogs: true` enables them',
};

export const SOCKET_ROUTE: RuleReasons = {
  'AwsSolutions-APIG4':
    'API Gateway decides at `$connect` who may use a connection, and supports no authorization of its messages',
};
export const CONNECTIONS_TABLE: RuleReasons = {
  'AwsSolutions-DDB3':
    'it contains only open connections, which API Gateway closes after two hours at most, so a backup would be worthless',
};

// A REST API. Its routes are in its definition, which the packs do not read.

export const REST_API: RuleReasons = {
  'AwsSolutions-APIG2':
    'API Gateway validates requests to the routes that have `validate`; the rule looks for validator resources, but the validators are in the API definition',
};
export const REST_STAGE: RuleReasons = {
  'AwsSolutions-APIG6':
    'the access log records each request with its errors; execution logs would add the headers and bodies of all requests, at $0.50 a GB',
  'AwsSolutions-APIG3':
    'a web ACL costs $6 a month and $0.60 a million requests, and not every API needs one; `rest: { webAcl: RestWebAcl.coreRules() }` adds it',
};
export const REST_TRACING: RuleReasons = {
  'Serverless-APIGWXrayEnabled':
    'a trace costs more than the request that it describes; `rest: { tracing: true }` enables tracing',
};

// A site.

export const SITE_GEOGRAPHY: RuleReasons = {
  'AwsSolutions-CFR1': 'visitors may be anywhere; `geoRestriction` restricts them',
};
export const SITE_WEB_ACL: RuleReasons = {
  'AwsSolutions-CFR2':
    'a web ACL costs $5 a month and $0.60 a million requests, and static files need none; `webAclArn` adds one',
};
export const SITE_LOGS: RuleReasons = {
  'AwsSolutions-CFR3':
    'the API has an access log of its own, and CloudFront counts the rest; `accessLogBucket` logs each request for a file',
};
export const SITE_CERTIFICATE: RuleReasons = {
  'AwsSolutions-CFR4':
    'CloudFront fixes the TLS versions of its own domain; with `domain`, the site requires TLS 1.2 or newer (`TLSv1.2_2021`)',
};
