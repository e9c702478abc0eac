import { CostEstimate, costEstimateOf } from '../estimate/cost-estimate';
import { estimateOf } from '../cost/estimate';
import { EstimateOptions, EstimateQuestion } from '../estimate/estimate-options';
import { declaredModel } from './app-info';
import { ESTIMATE_QUESTION_PROPS } from '../estimate/usage-prop-set';
import { checkProps } from '../props/check-props';
import { appUsageModel } from '../estimate/usage-model';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';

// Loaded on first use, like the guards, because it brings the rules of the estimate and the prices.

export { writeEstimate } from './estimate-file';

/** Estimates the monthly cost of the app as declared so far; missing options come from the app. */
export function currentEstimate(
  app: IServerlessApp,
  question: EstimateQuestion,
  options: EstimateOptions,
): CostEstimate {
  checkProps(question, ESTIMATE_QUESTION_PROPS, AppContext.of(app).check, 'estimate');
  const usage = appUsageModel(question.usage, AppContext.of(app).check.at('estimate.usage'));
  const { freeTier = options.freeTier } = question;
  return costEstimateOf(estimateOf(declaredModel(app), { freeTier, usage }));
}
