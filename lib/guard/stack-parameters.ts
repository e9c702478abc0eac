import { CLOUDFORMATION_QUOTAS, finding, Guard, Quota, show } from './guard';

const QUOTA: Quota = {
  name: 'CloudFormation’s quota of parameters',
  limit: 200,
  source: CLOUDFORMATION_QUOTAS,
};

/** 200 parameters a stack. A shard has one for each attribute of a resource elsewhere that its functions name. */
export const stackParameters: Guard = ({ app, stacks }) =>
  stacks
    .filter(({ parameters }) => parameters > QUOTA.limit)
    .map(({ path, parameters, shard }) =>
      finding({
        guard: 'stack-parameters',
        severity: 'error',
        app,
        prop: shard ? 'sharding' : 'functions',
        rule: 'must leave no stack more parameters than it may have',
        quota: QUOTA,
        got: `${show(parameters)} in ${path}`,
        remedy: shard
          ? 'let the functions of a shard name fewer resources, for example by more shards, or by one parameter in SSM that lists them'
          : 'move something of that stack to another one',
      }),
    );
