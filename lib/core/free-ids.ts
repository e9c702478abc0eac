import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { unquoted } from '../props/prop-check';
import { isText } from '../props/kinds';
import type { AppContext } from './app-context';

/** The ids of the app's own constructs. Some are created only when needed, so a conflict would be found late. */
const OWN_IDS: ReadonlySet<string> = new Set([
  'AppAlarms',
  'Budget',
  'Dashboard',
  'DefaultEventBus',
  'AccessLogs',
  'CodeDeploy',
  'CodeDeployRole',
  'FailureBucket',
  'FailureQueue',
  'FailureRule',
  'FifoFailureQueue',
  'HttpAccessLog',
  'HttpApi',
  'HttpRoutes',
  'HttpDomain',
  'WebSocketDomain',
  'WebSocketDomainMapping',
  'WebSocketDomainRecord',
  'WebSocketDomainRecordV6',
  'HttpDomainRecord',
  'HttpDomainRecordV6',
  'LogMetrics',
  'Logs',
  'SchedulerRole',
  'WebSocketAccessLog',
  'WebSocketApi',
  'WebSocketRoutes',
]);

/** A rollout configuration that functions share. */
const ROLLOUT_ID = /^Rollout(Canary|Linear)\d+Percent\d+Minutes$|^RolloutByToken\d*$/;

/** The id of a shard, and that of the CDK's resource for such a nested stack. */
const SHARD_ID = /^Shard\d+(\.NestedStack)?$/;

/** The parts of an app's context that decide whether an id is free. */
type IdContext = Pick<AppContext, 'check' | 'placement'>;

/** The scope of a new function: the app, or the shard that its id selects. */
export function scopeOfNew(context: IdContext, id: string): Construct {
  requireFreeId(context, id, 'functions', 'give it another id: `{ id: "…" }` in the short form');
  return context.placement.scopeOf(id);
}

/**
 * Throws if the app reserves the id, or if another construct of the app has it, in any of the app's stacks.
 *
 * @param kind `functions`, `tables` or `buckets`
 */
export function requireFreeId(
  { check, placement }: IdContext,
  id: string,
  kind: string,
  remedy: string,
): void {
  if (!isText(id) || Token.isUnresolved(id)) {
    const rule = 'must have an id that is a string known at synthesis';
    throw check.error(kind, rule, id, 'write it, for example `"Orders"`');
  }
  const prop = `${kind}.${id}`;
  if (id === '') {
    throw check.error(prop, 'must have an id', unquoted('an empty one'), remedy);
  }
  if (id in Object.prototype) {
    const rule = 'must not have an id that is a property of every JavaScript object';
    throw check.error(prop, `${rule}, which the CDK takes for a construct`, id, remedy);
  }
  if (
    OWN_IDS.has(id) ||
    ROLLOUT_ID.test(id) ||
    (placement.count !== undefined && SHARD_ID.test(id))
  ) {
    throw check.error(prop, 'must have an id that the app does not reserve', id, remedy);
  }
  if (placement.tryFindChild(id) !== undefined) {
    const rule = 'must have a unique id in the app';
    throw check.error(prop, rule, unquoted(`"${id}" twice`), remedy);
  }
}
