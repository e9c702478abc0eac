import { CLOUDFORMATION_QUOTAS, Guard, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'CloudFormation’s quota of resources that one operation on nested stacks changes',
  limit: 2500,
  source: CLOUDFORMATION_QUOTAS,
};

/**
 * One operation on a stack and its nested stacks may change 2,500 resources. A warning, because only a deployment that changes that
 * many is rejected, such as the first one.
 */
export const nestedResources: Guard = {
  id: 'nested-resources',
  severities: ['warning'],
  what: 'An app with shards and more than 2,500 resources in total.',
  why: 'CloudFormation rejects an operation that changes more than 2,500 resources in nested stacks, and the first deployment changes them all.',
  fix: 'Deploy some of the functions first and add the others afterwards, or split the app.',
  accept: 'The app is already deployed, and no single deployment changes that many resources.',
  source: CLOUDFORMATION_QUOTAS,
  check: ({ shards, stacks }) => {
    const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
    if (shards === undefined || resources <= QUOTA.limit) {
      return [];
    }
    return [
      {
        prop: 'functions',
        rule: 'must be deployed in steps or split into several apps',
        quota: QUOTA,
        got: `${formatNumber(resources)} resources in ${stacks.length} stacks`,
        remedy:
          'deploy some of the functions first and add the others afterwards, or split the app into several apps in separate stacks',
      },
    ];
  },
};
