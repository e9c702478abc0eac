import { CLOUDFORMATION_QUOTAS, Guard, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'CloudFormation’s quota of resources that one operation on nested stacks changes',
  limit: 2500,
  source: CLOUDFORMATION_QUOTAS,
};

/**
 * 2,500 resources in one operation on a stack and those nested in it. A warning: only a deployment that changes that many is
 * refused, which the first one does.
 */
export const nestedResources: Guard = {
  id: 'nested-resources',
  severities: ['warning'],
  what: 'An app with shards that has more than 2,500 resources in all.',
  why: 'CloudFormation refuses an operation that changes more than 2,500 resources in nested stacks; the first deployment changes all of them.',
  fix: 'Deploy a part of the functions first and add the others afterwards, or divide the app.',
  accept: 'The app is deployed already, and no one deployment changes that many.',
  source: CLOUDFORMATION_QUOTAS,
  check: ({ shards, stacks }) => {
    const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
    if (shards === undefined || resources <= QUOTA.limit) {
      return [];
    }
    return [
      {
        prop: 'functions',
        rule: 'must be deployed in steps, or be of several apps',
        quota: QUOTA,
        got: `${formatNumber(resources)} resources in ${stacks.length} stacks`,
        remedy:
          'deploy a part of the functions first and add the others afterwards, or divide the app into apps in stacks of their own',
      },
    ];
  },
};
