import { AccountLimits } from '../model/app-model';
import {
  API_LIMITS,
  API_LOWER_BURST,
  API_LOWER_RATE,
  API_LOWER_REGIONS,
  LAMBDA_LIMITS,
} from './scaling-limits';
import { ScalingOptions } from './scaling-options';

/** @param region a Token for a stack without a region, which counts as one of the older regions */
export function accountLimits(options: ScalingOptions, region: string): AccountLimits {
  const lower = API_LOWER_REGIONS.includes(region);
  const { accountRate, accountBurst } = API_LIMITS;
  return {
    concurrency: options.concurrencyLimit ?? LAMBDA_LIMITS.accountConcurrency.limit,
    apiRate: options.apiRateLimit ?? (lower ? API_LOWER_RATE : accountRate.limit),
    apiBurst: options.apiBurstLimit ?? (lower ? API_LOWER_BURST : accountBurst.limit),
  };
}
