import { App } from 'aws-cdk-lib';
import { ServerlessApp } from 'cdk-serverless-app';
import { OrdersStack } from '../examples/orders/stack';
import { LEVELS } from '../lib/cost/app-estimate';
import { CostEstimate } from '../lib/estimate/cost-estimate';
import { formatDollars } from '../lib/model/format-number';

const SERVICES: Readonly<Record<string, string>> = {
  lambda: 'Lambda',
  apiGateway: 'API Gateway',
  dynamodb: 'DynamoDB',
  s3: 'S3',
  sqs: 'SQS',
  sns: 'SNS',
  eventBridge: 'EventBridge and its Scheduler',
  cloudWatch: 'CloudWatch: logs, alarms, metrics',
  xray: 'X-Ray',
  kms: 'KMS',
  codeDeploy: 'CodeDeploy',
  cloudFront: 'CloudFront',
  stepFunctions: 'Step Functions',
  dataTransfer: 'responses, to the internet',
};

/** The table in docs/cost.md: what examples/orders costs a month, calculated by its own `estimate()`. */
export function renderCostTable(): string {
  const estimate = ordersEstimate();
  const rows = Object.entries(SERVICES).flatMap(([service, name]) => {
    const sums = LEVELS.map((level) => sumOf(estimate, level, service));
    return sums.some((sum) => sum > 0) ? [[name, ...sums.map(formatDollars)]] : [];
  });
  const totals = LEVELS.map((level) => `**${formatDollars(estimate[level].monthlyDollars)}**`);
  return [
    `| dollars a month, ${estimate.region}, ${estimate.pricesDate} | ${LEVELS.join(' | ')} |`,
    '|---|--:|--:|--:|',
    ...[...rows, ['**all**', ...totals]].map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

function ordersEstimate(): CostEstimate {
  const stack = new OrdersStack(new App(), 'Orders');
  const app = stack.node.children.find((child) => child instanceof ServerlessApp);
  if (app === undefined) {
    throw new Error('examples/orders must have a ServerlessApp');
  }
  return app.estimate();
}

function sumOf(estimate: CostEstimate, level: (typeof LEVELS)[number], service: string): number {
  return estimate[level].parts
    .filter((part) => part.service === service)
    .reduce((sum, { dollars }) => sum + dollars, 0);
}
