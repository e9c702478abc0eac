import { Lazy } from 'aws-cdk-lib';
import { ScalingOptions } from 'cdk-serverless-app';
import { PropCheck } from '../../lib/props/prop-check';
import { accountLimits, checkScaling } from '../../lib/scaling/account-limits';

const check = new PropCheck('Test/App', 'scaling');

describe('the limits of the account', () => {
  test.each([
    ['eu-west-1', 10_000, 5000],
    ['eu-south-1', 2500, 1250],
    ['mx-central-1', 2500, 1250],
    ['${Token[AWS.Region.1]}', 10_000, 5000],
  ])('of API Gateway in %s are %d and %d', (region, apiRate, apiBurst) => {
    expect(accountLimits({}, region)).toEqual({ concurrency: 1000, apiRate, apiBurst });
  });

  test('are what the user says, in any region', () => {
    const scaling = { concurrencyLimit: 5000, apiRateLimit: 7, apiBurstLimit: 8 };

    expect(accountLimits(scaling, 'eu-south-1')).toEqual({
      concurrency: 5000,
      apiRate: 7,
      apiBurst: 8,
    });
  });

  test.each<[keyof ScalingOptions, string]>([
    ['concurrencyLimit', 'concurrent executions'],
    ['apiRateLimit', 'requests a second'],
    ['apiBurstLimit', 'requests'],
  ])('may be 1 or a token, and no less: %s', (prop, unit) => {
    const checking = (value: number) => (): void => {
      checkScaling({ [prop]: value }, check);
    };

    expect(checking(1)).not.toThrow();
    expect(checking(Lazy.number({ produce: () => 0 }))).not.toThrow();
    expect(checking(0)).toThrow(
      `Test/App: \`scaling.${prop}\` must be a whole number not below 1 ${unit}, got 0: give`,
    );
  });
});
