import type { AppModel } from '../../lib/model/app-model';
import { LAMBDA_LIMITS } from '../../lib/scaling/scaling-limits';
import { oneLine } from '../text/one-line';
import { asUserError } from '../aws-error';
import type { Finding } from './check';

export function checkAccount(model: AppModel, found: string): Finding {
  const id = 'account';
  const wanted: unknown = model.app.account;
  return typeof wanted === 'string' && wanted !== found
    ? {
        id,
        status: 'failed',
        text: `the credentials are for account ${found}, but ${model.app.path} belongs in ${wanted}`,
        fix: 'choose another profile with --profile',
      }
    : { id, status: 'ok', text: `account ${found}` };
}

/** @param required the version that the stack needs, 0 for none */
export function checkBootstrap(
  required: number,
  found: string | undefined,
  environment: string,
): Finding {
  const id = 'bootstrap';
  const fix = `npx cdk bootstrap ${environment}`;
  if (required === 0) {
    return { id, status: 'skipped', text: 'the stack needs no bootstrap' };
  }
  if (found === undefined) {
    return { id, status: 'failed', text: `${environment} is not bootstrapped`, fix };
  }
  return Number(found) < required
    ? {
        id,
        status: 'failed',
        text: `the bootstrap stack of ${environment} has version ${found}, but the app needs ${required}`,
        fix,
      }
    : { id, status: 'ok', text: `bootstrap version ${found} (${required} needed)` };
}

export function checkConcurrency(model: AppModel, limit: number): Finding {
  const id = 'concurrency';
  const { concurrency } = model.app.limits as { readonly concurrency: unknown };
  const reserved = model.functions
    .map(({ reservedConcurrency }): unknown => reservedConcurrency)
    .filter((value) => typeof value === 'number')
    .reduce((sum, value) => sum + value, 0);
  const fix =
    'request a higher limit: https://console.aws.amazon.com/servicequotas/home/services/lambda/quotas/L-B99A9384';
  if (reserved > 0 && reserved > limit - LAMBDA_LIMITS.unreserved.limit) {
    const text = `${model.app.path} reserves ${reserved} of the account’s ${limit} concurrent executions, and ${LAMBDA_LIMITS.unreserved.limit} must stay free`;
    return { id, status: 'failed', text, fix };
  }
  if (typeof concurrency === 'number' && limit < concurrency) {
    const text = `the account’s concurrency limit is ${limit}, but ${model.app.path} assumes ${concurrency}`;
    return {
      id,
      status: 'warning',
      text,
      fix: `${fix}, or set \`scaling: { concurrencyLimit: ${limit} }\``,
    };
  }
  return { id, status: 'ok', text: `${limit} concurrent executions` };
}

export function checkCostTag(key: string | undefined, active: boolean | undefined): Finding {
  const id = 'cost-tag';
  if (key === undefined) {
    return {
      id,
      status: 'skipped',
      text: 'no cost allocation tag is needed, since the app has no budget',
    };
  }
  if (active === true) {
    return { id, status: 'ok', text: `the cost allocation tag ${key} is active` };
  }
  return {
    id,
    status: 'warning',
    text:
      active === undefined
        ? `billing does not know the tag ${key} yet (this takes up to a day after the first deployment)`
        : `the cost allocation tag ${key} is not active, so the budget counts no cost`,
    fix: `aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=${key},Status=Active (in the payer account)`,
  };
}

/** The finding if AWS did not answer a check, so that the other checks continue. A defect of this program is rethrown. */
export function couldNot(id: string, error: unknown): Finding {
  const known = asUserError(error);
  if (known !== undefined) {
    return { id, status: 'failed', text: known.message, fix: known.remedy };
  }
  if (!(error instanceof Error) || !('$metadata' in error)) {
    throw error;
  }
  const { action = 'AWS' } = error as { readonly action?: string };
  return { id, status: 'failed', text: `${action} failed: ${oneLine(error.message)}` };
}
