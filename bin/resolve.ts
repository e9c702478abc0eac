import type { DeployedStack } from './deployed-stack';

/** The value of a CloudFormation expression in a deployed stack; `undefined` if it cannot be known. */
export function resolve(value: unknown, stack: DeployedStack): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, stack));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && /^(Ref|Fn::[A-Za-z]+)$/.test(only[0])) {
    return evaluate(only[0], only[1], stack);
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, resolve(item, stack)]));
}

/** Whether an expression imports a value of another stack. */
export function needsExports(value: object): boolean {
  return JSON.stringify(value).includes('"Fn::ImportValue"');
}

function evaluate(name: string, argument: unknown, stack: DeployedStack): unknown {
  switch (name) {
    case 'Ref':
      return reference(String(argument), stack);
    case 'Fn::GetAtt':
      return attribute(argument, stack);
    case 'Fn::Join':
      return join(resolve(argument, stack));
    case 'Fn::Split':
      return split(resolve(argument, stack));
    case 'Fn::Select':
      return select(resolve(argument, stack));
    case 'Fn::Sub':
      return substitute(argument, stack);
    case 'Fn::ImportValue': {
      const exported = resolve(argument, stack);
      return typeof exported === 'string' ? stack.exports?.[exported] : undefined;
    }
    default:
      return undefined;
  }
}

/** `arn:<partition>:cloudformation:<region>:<account>:stack/<name>/<uuid>`. */
export function placeOf({ stackId }: Pick<DeployedStack, 'stackId'>): {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
} {
  const [, partition = 'aws', , region = '', account = ''] = stackId.split(':');
  return { partition, region, account };
}

function reference(name: string, stack: DeployedStack): string | undefined {
  const { partition, region, account } = placeOf(stack);
  switch (name) {
    case 'AWS::Region':
      return region;
    case 'AWS::AccountId':
      return account;
    case 'AWS::Partition':
      return partition;
    case 'AWS::StackId':
      return stack.stackId;
    case 'AWS::StackName':
      return stack.stackName;
    case 'AWS::URLSuffix':
      return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    default:
      return stack.resources[name]?.id ?? stack.parameters[name];
  }
}

/** Only attributes that follow from the type and the physical id. */
function attribute(argument: unknown, stack: DeployedStack): string | undefined {
  const [logicalId = '', ...path] =
    typeof argument === 'string' ? argument.split('.') : (argument as string[]);
  const resource = stack.resources[logicalId];
  if (resource === undefined) {
    return undefined;
  }
  const { type, id } = resource;
  const name = path.join('.');
  if (name === 'QueueName' || name === 'TopicName') {
    return id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);
  }
  return name === 'Arn' ? arnOf(type, id, stack) : undefined;
}

function arnOf(type: string, id: string, stack: DeployedStack): string | undefined {
  const { partition, region, account } = placeOf(stack);
  const arn = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  switch (type) {
    case 'AWS::Lambda::Function':
      return arn('lambda', `function:${id}`);
    case 'AWS::SQS::Queue':
      return arn('sqs', id.slice(id.lastIndexOf('/') + 1));
    case 'AWS::S3::Bucket':
      return `arn:${partition}:s3:::${id}`;
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return arn('dynamodb', `table/${id}`);
    case 'AWS::Logs::LogGroup':
      return arn('logs', `log-group:${id}:*`);
    case 'AWS::CloudWatch::Alarm':
    case 'AWS::CloudWatch::CompositeAlarm':
      return arn('cloudwatch', `alarm:${id}`);
    default:
      return id.startsWith('arn:') ? id : undefined;
  }
}

function join(argument: unknown): string | undefined {
  const [separator, parts] = argument as [string, unknown];
  return Array.isArray(parts) && parts.every((part) => typeof part === 'string')
    ? parts.join(separator)
    : undefined;
}

function split(argument: unknown): string[] | undefined {
  const [separator, text] = argument as [string, unknown];
  return typeof text === 'string' ? text.split(separator) : undefined;
}

function select(argument: unknown): unknown {
  const [index, list] = argument as [unknown, unknown];
  return Array.isArray(list) ? (list[Number(index)] as unknown) : undefined;
}

function substitute(argument: unknown, stack: DeployedStack): string | undefined {
  const [template, values] = (Array.isArray(argument) ? argument : [argument, {}]) as [
    string,
    Readonly<Record<string, unknown>>,
  ];
  const missing: string[] = [];
  const text = template.replace(/\$\{([^}]+)\}/g, (_whole, name: string) => {
    if (name.startsWith('!')) {
      return `\${${name.slice(1)}}`;
    }
    const value = Object.hasOwn(values, name)
      ? resolve(values[name], stack)
      : name.includes('.')
        ? attribute(name, stack)
        : reference(name, stack);
    if (typeof value !== 'string' && typeof value !== 'number') {
      missing.push(name);
      return '';
    }
    return String(value);
  });
  return missing.length === 0 ? text : undefined;
}
