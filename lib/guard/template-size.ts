import { CLOUDFORMATION_QUOTAS, Guard, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'CloudFormation’s quota of bytes in a template in S3',
  limit: 1_048_576,
  source: CLOUDFORMATION_QUOTAS,
};

/** A template is limited to 1 MB. The CDK itself warns from 800,000 bytes (`@aws-cdk/core:Stack.templateSize`). */
export const templateSize: Guard = {
  id: 'template-size',
  severities: ['error'],
  what: 'A template larger than 1 MB.',
  why: 'CloudFormation rejects it.',
  fix: 'Use more nested stacks, turn off template indentation, or shorten environment variables and policies.',
  source: CLOUDFORMATION_QUOTAS,
  check: ({ shards, stacks }) =>
    stacks
      .filter(({ templateBytes = 0 }) => templateBytes > QUOTA.limit)
      .map(({ path, templateBytes = 0, shard }) => ({
        prop: shard || shards === undefined ? 'sharding' : 'functions',
        rule: 'must not make a template too large',
        quota: QUOTA,
        got: `${formatNumber(templateBytes)} in ${path}`,
        remedy:
          'use more nested stacks with `Sharding.nestedStacks`, turn off the indentation ' +
          '(`"@aws-cdk/core:suppressTemplateIndentation": true` in the context), or shorten environment variables and policies',
      })),
};
