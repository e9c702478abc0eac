import type { ServerlessApp } from '../serverless-app';
import { words } from './prop-check';

/** What the app calls its own parts. Some are made only when needed, so that a namesake would be found out late. */
const OWN_IDS: ReadonlySet<string> = new Set([
  'AppAlarms',
  'Budget',
  'Dashboard',
  'AccessLogs',
  'CodeDeploy',
  'CodeDeployRole',
  'FailureBucket',
  'FailureQueue',
  'FailureRule',
  'HttpAccessLog',
  'HttpApi',
  'HttpDomain',
  'HttpDomainRecord',
  'HttpDomainRecordV6',
  'LogMetrics',
  'Logs',
  'SchedulerRole',
]);

/** What an app with shards calls them, and what the CDK calls the resource of such a nested stack. */
const SHARD_ID = /^Shard\d+(\.NestedStack)?$/;

/** Refuses an id that the app or something else in it has, in whichever of its stacks. */
export function requireFreeId(app: ServerlessApp, id: string, prop: string, remedy: string): void {
  const check = app._check;
  if (id === '') {
    throw check.error(prop, 'must have an id', words('an empty one'), remedy);
  }
  if (OWN_IDS.has(id) || (app._shards.count !== undefined && SHARD_ID.test(id))) {
    throw check.error(prop, 'must have an id that the app does not use itself', id, remedy);
  }
  if (app._shards.tryFindChild(id) !== undefined) {
    const rule = 'must have an id that nothing else in the app has';
    throw check.error(prop, rule, words(`"${id}" twice`), remedy);
  }
}
