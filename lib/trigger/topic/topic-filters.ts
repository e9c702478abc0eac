import { Token } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { PropCheck, unquoted } from '../../props/prop-check';
import { refuseImpossibleValues } from '../impossible-conditions';

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MAX_KEYS = 5;
const MAX_COMBINATIONS = 150;

/** The filters that a subscription may have: one of the two, or none. */
export interface TopicFilters {
  readonly filterPolicy?: Readonly<Record<string, sns.SubscriptionFilter>>;
  readonly filterPolicyWithMessageBody?: Readonly<Record<string, sns.FilterOrPolicy>>;
}

/** Rejects filter policies that SNS rejects, or that match no message or every message. */
export function checkTopicFilters(filters: TopicFilters, check: PropCheck): void {
  const { filterPolicy, filterPolicyWithMessageBody: body } = filters;
  if (filterPolicy !== undefined && body !== undefined) {
    throw check.error(
      'filterPolicyWithMessageBody',
      'must not be combined with `filterPolicy`, because a subscription has one filter policy',
      unquoted('both'),
      'publish all values that you filter by as attributes, or all of them in the body',
    );
  }
  if (filterPolicy !== undefined) {
    checkAttributes(filterPolicy, check);
  }
  if (body !== undefined) {
    const count = { keys: 0, combinations: 1 };
    checkBody('filterPolicyWithMessageBody', body, 1, count, check);
    requireFew('filterPolicyWithMessageBody', count, check);
  }
}

interface Count {
  keys: number;
  /** SNS multiplies the values of all keys, each by the depth of its key. */
  combinations: number;
}

function checkAttributes(
  policy: Readonly<Record<string, sns.SubscriptionFilter>>,
  check: PropCheck,
): void {
  requireSome('filterPolicy', policy, check);
  const count = { keys: 0, combinations: 1 };
  for (const [name, filter] of Object.entries(policy)) {
    countConditions(`filterPolicy.${name}`, filter, 1, count, check);
  }
  requireFew('filterPolicy', count, check);
}

function checkBody(
  prop: string,
  policy: Readonly<Record<string, sns.FilterOrPolicy>>,
  depth: number,
  count: Count,
  check: PropCheck,
): void {
  requireSome(prop, policy, check);
  for (const [name, part] of Object.entries(policy)) {
    const at = `${prop}.${name}`;
    const { filterDoc, policyDoc } = part as Partial<sns.Filter> & Partial<sns.Policy>;
    if (policyDoc !== undefined) {
      checkBody(at, policyDoc, depth + 1, count, check);
    } else {
      countConditions(at, filterDoc, depth, count, check);
    }
  }
}

function countConditions(
  prop: string,
  filter: sns.SubscriptionFilter | undefined,
  depth: number,
  count: Count,
  check: PropCheck,
): void {
  const conditions: unknown = filter?.conditions;
  if (!Array.isArray(conditions)) {
    throw check.error(
      prop,
      'must be a filter',
      filter,
      "write, for example, `SubscriptionFilter.stringFilter({ allowlist: ['order'] })`; in a body `FilterOrPolicy.filter(…)` or `.policy({ … })`",
    );
  }
  if (Token.isUnresolved(conditions)) {
    return;
  }
  if (conditions.length === 0) {
    throw check.error(
      prop,
      'must have at least one condition, because SNS rejects an empty list',
      unquoted('a filter without conditions'),
      "write, for example, `SubscriptionFilter.stringFilter({ allowlist: ['order'] })`, or `SubscriptionFilter.existsFilter()`",
    );
  }
  refuseImpossibleValues(prop, conditions, check);
  count.keys += 1;
  count.combinations *= conditions.length * depth;
}

function requireSome(prop: string, policy: object, check: PropCheck): void {
  if (Object.keys(policy).length === 0) {
    throw check.error(
      prop,
      'must name at least one key',
      unquoted('an empty object'),
      'leave it out for all messages',
    );
  }
}

function requireFew(prop: string, { keys, combinations }: Count, check: PropCheck): void {
  if (keys > MAX_KEYS) {
    throw check.error(
      prop,
      `must have at most ${MAX_KEYS} keys`,
      keys,
      'select by fewer keys, or in the handler',
    );
  }
  if (combinations > MAX_COMBINATIONS) {
    throw check.error(
      prop,
      `must have at most ${MAX_COMBINATIONS} combinations of values`,
      combinations,
      'select by fewer values, or by a prefix',
    );
  }
}
