import { Guard, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const SOURCE =
  'https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html';

const QUOTA: Quota = {
  name: 'SNS’s default quota of filter policies on a topic, which AWS raises on request',
  limit: 200,
  source: SOURCE,
};

/** A topic has at most 200 subscriptions with a filter policy, unless AWS raises the quota. */
export const filterPolicies: Guard = {
  id: 'filter-policies',
  severities: ['warning'],
  what: 'A topic with more than 200 subscriptions in the stack that have a filter policy.',
  why: 'SNS rejects the 201st filter policy in the middle of a deployment.',
  fix: 'Request a higher quota for the account and region, let one function handle several kinds of message, or use another topic.',
  accept: 'AWS has raised the quota for the account and region.',
  source: SOURCE,
  check: ({ topics }) =>
    topics
      .filter((topic) => topic.filterPolicies > QUOTA.limit)
      .map((topic) => ({
        prop: 'functions',
        rule: 'must not need more filter policies than a topic may have',
        quota: QUOTA,
        got: `${formatNumber(topic.filterPolicies)} on ${topic.name}`,
        remedy:
          'request a higher quota, let one function handle several kinds of message, or use another topic',
      })),
};
