import { supportsBudgets } from '../../lib/monitoring/budget-resource';
import { supportsSites } from '../../lib/site/site-rules';
import { supportsFunctionUrls } from '../../lib/trigger/function-url/url-regions';
import type { Exception } from './finding';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html: log groups are always encrypted. */
const AWS_KEY = 'encrypted with AWS’s key; a customer managed key costs a dollar a month';

const IN_DEVELOPMENT = /^[^/]*-development/;

/** Messages about regions that do not support something. */
function onlyWithout(supports: (region: string) => boolean): (message: string) => boolean {
  return (message) => {
    const region = / does not exist in '([^']+)'$/.exec(message)?.[1];
    return region !== undefined && !supports(region);
  };
}

/**
 * Findings that are not faults, each with the reason. An exception that covers nothing fails the script, so that the list stays true.
 */
export const EXCEPTIONS: readonly Exception[] = [
  {
    tool: 'cfn-lint',
    rule: 'I1022',
    type: /^/,
    reason: 'the CDK writes Fn::Join; nobody reads the template',
  },
  {
    tool: 'cfn-lint',
    rule: 'I4010',
    type: /^/,
    reason:
      'a metadata block for agents, which CloudFormation does not read; the app’s model says more',
  },
  {
    tool: 'cfn-lint',
    rule: 'W3005',
    type: /^/,
    reason:
      'a dependency that the CDK or the library declares although a reference implies it; it changes no order',
  },
  {
    tool: 'cfn-lint',
    rule: 'E3006',
    type: /^AWS::Budgets::Budget$/,
    isAbout: onlyWithout(supportsBudgets),
    reason: 'the library refuses a budget in exactly these regions',
  },
  {
    tool: 'cfn-lint',
    rule: 'E3006',
    type: /^AWS::CloudFront::/,
    isAbout: onlyWithout(supportsSites),
    reason: 'the library refuses a site in exactly these regions',
  },
  {
    tool: 'cfn-lint',
    rule: 'E3006',
    type: /^AWS::Lambda::Url$/,
    isAbout: onlyWithout(supportsFunctionUrls),
    reason: 'the library refuses a function URL in exactly these regions',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_258',
    type: /^AWS::Lambda::Url$/,
    template: /^examples-web-hono/,
    reason: 'the example says that its URL is open: `authType: NONE`; the default is AWS_IAM',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_68',
    type: /^AWS::CloudFront::Distribution$/,
    reason: 'a web ACL costs $5 a month, and static files need none; `webAclArn` adds one',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_86',
    type: /^AWS::CloudFront::Distribution$/,
    reason: 'each request for a file would be stored; `accessLogBucket` logs them',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_174',
    type: /^AWS::CloudFront::Distribution$/,
    template: /^examples-live-board/,
    reason:
      'CloudFront fixes the TLS versions of its own domain; with `domain`, a site has TLS 1.2',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_95',
    type: /^AWS::ApiGatewayV2::Stage$/,
    template: /^examples-live-board/,
    reason: 'the log needs a role of the account, which a demonstration does not change',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_165',
    type: /^AWS::DynamoDB::GlobalTable$/,
    id: /^BoardConnections/,
    reason: 'connections end with the clients; a backup of them is useless',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_115',
    type: /^AWS::Lambda::Function$/,
    reason: 'reserved concurrency is taken from the account’s; the user decides',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_116',
    type: /^AWS::Lambda::Function$/,
    reason: 'failed events go to a destination, which keeps the error too',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_117',
    type: /^AWS::Lambda::Function$/,
    reason:
      'a VPC makes nothing safer for a function that needs nothing in it, and costs a NAT gateway',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_173',
    type: /^AWS::Lambda::Function$/,
    reason: `names of resources, not secrets, ${AWS_KEY}`,
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_158',
    type: /^AWS::Logs::LogGroup$/,
    reason: AWS_KEY,
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_27',
    type: /^AWS::SQS::Queue$/,
    reason: 'checkov looks for a KMS key; the queues have SqsManagedSseEnabled',
  },
  {
    tool: 'cfn-lint',
    rule: 'E3006',
    type: /^AWS::Cognito::/,
    id: /^Readers/,
    template: /^examples-image-intake/,
    isAbout: (message) => / 'cn-[a-z-]+\d'$/.test(message),
    reason: 'the example creates its user pool itself; China has no Cognito user pools',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_21',
    type: /^AWS::S3::Bucket$/,
    reason:
      'each version is billed; an app that overwrites or deletes objects sets `versioned`, and nothing overwrites records and logs',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_18',
    type: /^AWS::S3::Bucket$/,
    id: /AccessLogs/,
    reason: 'a bucket of access logs that logs its own access would never end',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_18',
    type: /^AWS::S3::Bucket$/,
    template: IN_DEVELOPMENT,
    reason: 'a stage for trying things has no access logs',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_165',
    type: /^AWS::DynamoDB::GlobalTable$/,
    template: IN_DEVELOPMENT,
    reason: 'a stage for trying things has no backups',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_111',
    type: /^AWS::IAM::Role$/,
    id: /^(App)?EverythingRole/,
    template: /^an-app-with-everything/,
    reason:
      'a function in a VPC creates network interfaces; AWS has no resource to which these actions can be limited',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_26',
    type: /^AWS::SNS::Topic$/,
    id: /^ShopNews/,
    template: /^examples-shop-events/,
    reason:
      'a topic of news without secrets; a key costs a dollar a month, and `addTopic` takes one',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_73',
    type: /^AWS::ApiGateway::Stage$/,
    template: /^examples-partner-api/,
    reason: 'each trace is billed; `tracing` switches them on',
  },
  {
    tool: 'checkov',
    rule: 'CKV_AWS_120',
    type: /^AWS::ApiGateway::Stage$/,
    template: /^examples-partner-api/,
    reason: 'the smallest cache costs $14 a month and may serve old data; `cache` switches it on',
  },
];
