import type { FunctionModel } from '../../lib/model/app-model';

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
 * What a function was not allowed to do, and the line that allows it; undefined if nothing in the texts says so.
 *
 * @param ids of tables and buckets, by their names
 */
export function missingGrant(
  texts: readonly string[],
  { id }: Pick<FunctionModel, 'id'>,
  ids: ReadonlyMap<string, string>,
): string | undefined {
  for (const text of texts) {
    const [, service = '', action = '', resource = ''] = DENIED.exec(text) ?? [];
    if (service !== '') {
      const physical = nameOf(resource);
      const name = ids.get(physical) ?? physical;
      const line = GRANTS[service]?.(action, name === '' ? 'resource' : variableOf(name));
      const where = name === '' ? '' : ` on ${name}`;
      const remedy = line === undefined ? `grant it to ${id}` : `add \`${line}\` to ${id}`;
      return `${id} may not call ${service}:${action}${where}: ${remedy}`;
    }
  }
  return undefined;
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

/** The likely name of the variable. Of a name that CloudFormation made, the part after the stack’s, without the hash. */
function variableOf(name: string): string {
  const word = /^[\w-]*?-([A-Z]\w*?)[0-9A-F]{8}-/.exec(name)?.[1] ?? name;
  return word.charAt(0).toLowerCase() + word.slice(1);
}
