import { PropCheck, unquoted } from '../props/prop-check';
import type { IServerlessApp } from './contract';

const taken = new WeakMap<IServerlessApp, Map<string, string>>();

/** Refuses a name of the user's own that another function, table or bucket of the app has: CloudFormation could make but one. */
export function claimName(
  app: IServerlessApp,
  prop: string,
  name: string | undefined,
  check: PropCheck,
): void {
  if (name === undefined) {
    return;
  }
  const names = taken.get(app) ?? new Map<string, string>();
  taken.set(app, names);
  const key = `${prop} ${name}`;
  const owner = names.get(key);
  if (owner !== undefined) {
    throw check.error(
      prop,
      `must be a name that nothing else of its kind has; ${owner} has it`,
      name,
      'give another one, or leave it out: AWS then makes one',
    );
  }
  names.set(key, check.path);
}

/** Refuses what is listed twice, which AWS would refuse. */
export function requireDistinct(prop: string, arns: readonly string[], check: PropCheck): void {
  const second = arns.findIndex((arn, i) => arns.indexOf(arn) < i);
  if (second !== -1) {
    const got = unquoted(`${arns[second] ?? ''} twice`);
    throw check.error(
      `${prop}[${second}]`,
      'must be another than those before',
      got,
      'leave it out',
    );
  }
}
