import { accountLimits } from '../../lib/scaling/account-limits';

describe('the limits of the account', () => {
  test.each([
    ['eu-west-1', 10_000, 5000],
    ['eu-south-1', 2500, 1250],
    ['mx-central-1', 2500, 1250],
    ['${Token[AWS.Region.1]}', 10_000, 5000],
  ])('of API Gateway in %s are %d and %d', (region, apiRate, apiBurst) => {
    expect(accountLimits({}, region)).toEqual({ concurrency: 1000, apiRate, apiBurst });
  });

  test('are the user’s in any region', () => {
    const scaling = { concurrencyLimit: 5000, apiRateLimit: 7, apiBurstLimit: 8 };

    expect(accountLimits(scaling, 'eu-south-1')).toEqual({
      concurrency: 5000,
      apiRate: 7,
      apiBurst: 8,
    });
  });
});
