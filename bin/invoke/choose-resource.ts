import { lastPart } from '../../lib/model/format-value';
import type { ResourceModel } from '../../lib/model/app-model';
import type { DeployedStack } from '../deployed-stack';
import { nearestName } from '../nearest';
import { UserError } from '../user-error';

const HASH = /[0-9A-F]{8}$/;

/** The physical name of a table or a bucket, by the id of its construct. */
export function resourceNamed(
  resources: readonly ResourceModel[],
  name: string,
  what: string,
): string {
  const idOf = ({ id, path: of }: ResourceModel): string => (id === '' ? lastPart(of) : id);
  const found = resources.find((each) => idOf(each) === name);
  if (found === undefined) {
    throw new UserError(`there is no ${what} \`${name}\``, nearestName(name, resources.map(idOf)));
  }
  return found.name;
}

/** The URL of a queue, by the id of its construct. Queues are not in the model. The logical id ends with the construct’s id and a hash. */
export function queueUrl({ resources }: DeployedStack, name: string): string {
  const queues = Object.entries(resources).filter(([, { type }]) => type === 'AWS::SQS::Queue');
  const found = queues.filter(([logicalId]) => logicalId.replace(HASH, '').endsWith(name));
  const [only, ...others] = found;
  const ids = found.length > 1 ? found : queues;
  const known = ids.map(([logicalId]) => logicalId.replace(HASH, ''));
  if (only === undefined) {
    throw new UserError(`there is no queue \`${name}\``, nearestName(name, known));
  }
  if (others.length > 0) {
    throw new UserError(
      `there are ${found.length} queues \`${name}\``,
      `write one of ${known.join(', ')}`,
    );
  }
  return only[1].id;
}

/** The default message group for a FIFO queue. */
export function groupOf(url: string): string | undefined {
  return url.endsWith('.fifo') ? 'serverless-app' : undefined;
}
