import { PropCheck, unquoted } from '../props/prop-check';
import type { IServerlessApp } from './contract';

const taken = new WeakMap<IServerlessApp, Map<string, string>>();

/** Rejects a physical name that another function, table or bucket of the app has: CloudFormation could create only one of them. */
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
      `must be unique; ${owner} has the same name`,
      name,
      'choose another name, or leave it out: AWS then chooses one',
    );
  }
  names.set(key, check.path);
}

/** Rejects duplicates in a list, which AWS would reject. */
export function requireDistinct(prop: string, arns: readonly string[], check: PropCheck): void {
  const second = arns.findIndex((arn, i) => arns.indexOf(arn) < i);
  if (second !== -1) {
    const got = unquoted(`${arns[second] ?? ''} twice`);
    throw check.error(
      `${prop}[${second}]`,
      'must differ from the values before it',
      got,
      'leave it out',
    );
  }
}
