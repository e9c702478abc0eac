import type { AppModel, FunctionModel } from '../../lib/model/app-model';

const DENIED = /is not authorized to perform: ([\w-]+):(\w+)(?: on resource: (\S+))?/;

/** IAM actions that change something. */
const WRITES = /^(Put|Update|Delete|BatchWrite|TransactWrite|Create|Send|Publish|Abort|Restore)/;

/** How access to a resource of a service is granted. */
const GRANTS: Readonly<Record<string, (action: string, name: string) => string>> = {
  dynamodb: (action, name) => `.${WRITES.test(action) ? 'writes' : 'reads'}(${name})`,
  s3: (action, name) => `.${WRITES.test(action) ? 'writes' : 'reads'}(${name})`,
  sqs: (_action, name) => `.sends(${name})`,
  lambda: (_action, name) => `.calls(${name})`,
  sns: (_action, name) => `.publishes(${name})`,
};

/**
 * A sentence with the action that a function was denied, and the line of code that allows it; undefined if no text reports a denied action.
 * If the error does not name the resource, the sentence lists all resources to which the function lacks such access.
 */
export function missingGrant(
  texts: readonly string[],
  fn: Pick<FunctionModel, 'id' | 'access'>,
  known: KnownResources,
): string | undefined {
  for (const text of texts) {
    const [, service = '', action = '', resource = ''] = DENIED.exec(text) ?? [];
    if (service !== '') {
      const names =
        resource === '' ? withoutAccess(fn, service, action, known) : [nameOf(resource)];
      const ids = names.map((name) => idOf(name, known));
      const line = ids.map((id) => GRANTS[service]?.(action, variableOf(id))).filter(isText);
      const where = ids.length === 0 ? '' : ` on ${ids.join(' or ')}`;
      const grants = line.map((each) => `\`${each}\``).join(' or ');
      const remedy = grants === '' ? `grant it to ${fn.id}` : `add ${grants} to ${fn.id}`;
      return `${fn.id} may not call ${service}:${action}${where}: ${remedy}`;
    }
  }
  return undefined;
}

/** The app's tables and buckets. */
export type KnownResources = Pick<AppModel, 'tables' | 'buckets'>;

function idOf(name: string, { tables, buckets }: KnownResources): string {
  return [...tables, ...buckets].find((each) => each.name === name)?.id ?? name;
}

function withoutAccess(
  { access }: Pick<FunctionModel, 'access'>,
  service: string,
  action: string,
  { tables, buckets }: KnownResources,
): string[] {
  const wanted = WRITES.test(action) ? /write/i : /read/i;
  const all = service === 'dynamodb' ? tables : service === 's3' ? buckets : [];
  return all
    .filter(({ path }) => !access.some((each) => each.path === path && wanted.test(each.level)))
    .map(({ name }) => name);
}

function isText(text: string | undefined): text is string {
  return text !== undefined;
}

/** `arn:aws:dynamodb:us-east-1:000000000000:table/Orders-1A2B/index/byDay` is `Orders-1A2B`. */
function nameOf(arn: string): string {
  const last = arn
    .replace(/["'.,)]+$/, '')
    .split(':')
    .slice(5)
    .join(':');
  return last.replace(/^(table|topic|queue|bucket)\//, '').split('/')[0] ?? '';
}

/** The likely name of the variable. For a name that CloudFormation generated, the part after the stack’s name, without the hash. */
function variableOf(name: string): string {
  const word = /^[\w-]*?-([A-Z]\w*?)[0-9A-F]{8}-/.exec(name)?.[1] ?? name;
  return word.charAt(0).toLowerCase() + word.slice(1);
}
