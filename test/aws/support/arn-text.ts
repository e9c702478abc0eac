import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PlacedResources } from '../../../bin/diff/placed-resource';
import { isReference } from '../../../bin/diff/references';
import { isRecord } from '../../../bin/diff/template';

const spec = loadAwsServiceSpecSync();
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '111111111111',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** ARNs that CloudFormation's schema has no template of. */
const OTHER_ARNS: Readonly<Record<string, string>> = {
  'AWS::Lambda::Alias': 'arn:aws:lambda:eu-west-1:111111111111:function:name:alias',
  'AWS::Lambda::Version': 'arn:aws:lambda:eu-west-1:111111111111:function:name:1',
  // Ends with `:*`, unlike the ARN in the service authorization reference.
  'AWS::Logs::LogGroup': 'arn:aws:logs:eu-west-1:111111111111:log-group:name:*',
  'AWS::DynamoDB::GlobalTable.StreamArn':
    'arn:aws:dynamodb:eu-west-1:111111111111:table/name/stream/label',
  'AWS::Scheduler::ScheduleGroup': 'arn:aws:scheduler:eu-west-1:111111111111:schedule-group/name',
  'AWS::DynamoDB::GlobalTable': 'arn:aws:dynamodb:eu-west-1:111111111111:table/name',
  'AWS::Kinesis::StreamConsumer.ConsumerARN':
    'arn:aws:kinesis:eu-west-1:111111111111:stream/name/consumer/name:1',
  'AWS::SNS::Topic': 'arn:aws:sns:eu-west-1:111111111111:name',
};

/** What stands in the deployed policy, with `name` for every name that only AWS knows. */
export function arnText(value: unknown, resources: PlacedResources): string {
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value);
  }
  if (isReference(value)) {
    const type = resources.get(value.$ref)?.type ?? '';
    if (OTHER_ARNS[`${type}.${value.$attr}`] !== undefined) {
      return OTHER_ARNS[`${type}.${value.$attr}`] ?? '';
    }
    return /Arn$/.test(value.$attr) || isArnRef(type, value.$attr) ? arnOf(type) : 'name';
  }
  if (isRecord(value)) {
    const [[name, argument] = ['', undefined]] = Object.entries(value);
    switch (name) {
      case 'Ref':
        return PSEUDO[String(argument)] ?? 'name';
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, unknown[]];
        return parts.map((part) => arnText(part, resources)).join(separator);
      }
      case 'Fn::Select':
        return selected(argument as [number | string, unknown], resources);
    }
  }
  throw new Error(`not known how to write ${JSON.stringify(value)} as an ARN`);
}

/** `Ref` of some types is the ARN. */
function isArnRef(type: string, attribute: string): boolean {
  return (
    attribute === 'Ref' &&
    [
      'AWS::SNS::Topic',
      'AWS::Lambda::Alias',
      'AWS::Lambda::Version',
      'AWS::StepFunctions::StateMachine',
    ].includes(type)
  );
}

function arnOf(type: string): string {
  const [resource] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
  const template = OTHER_ARNS[type] ?? resource?.arnTemplate;
  if (template === undefined) {
    throw new Error(`not known which form the ARN of ${type} has`);
  }
  return template
    .replace('${Partition}', 'aws')
    .replace('${Region}', 'eu-west-1')
    .replace('${Account}', '111111111111')
    .replace(/\$\{[^}]+\}/g, 'name');
}

/** `Fn::Select` of `Fn::Split`: a part of an ARN, or of the stack's id, which is a name. */
function selected([index, list]: [number | string, unknown], resources: PlacedResources): string {
  if (!isRecord(list) || !('Fn::Split' in list)) {
    throw new Error(`not known what is selected from ${JSON.stringify(list)}`);
  }
  const [separator, text] = list['Fn::Split'] as [string, unknown];
  return arnText(text, resources).split(separator)[Number(index)] ?? 'name';
}
