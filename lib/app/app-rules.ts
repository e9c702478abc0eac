import { AppStage } from '../model/app-stage';
import { Budget } from '../monitoring/budget';
import type { ServerlessApp } from './serverless-app';
import { Sharding } from '../core/sharding';
import { PropCheck, words } from '../props/prop-check';

/** The compiler says so too, but not to JavaScript, and not where the stage comes from the context. */
export function requireStage(stage: AppStage, check: PropCheck): AppStage {
  const stages = Object.values(AppStage);
  if (!stages.includes(stage)) {
    throw check.error('stage', `must be one of ${stages.join(', ')}`, stage, 'use `AppStage`');
  }
  return stage;
}

/** JavaScript has no types, and a number alone would not say what is divided. */
export function requireSharding(
  sharding: Sharding | undefined,
  check: PropCheck,
): Sharding | undefined {
  if (sharding !== undefined && !(sharding instanceof Sharding)) {
    throw check.error(
      'sharding',
      'must be a Sharding',
      sharding,
      'write for example `Sharding.nestedStacks(4)`',
    );
  }
  return sharding;
}

/** JavaScript has no types, and a number alone would not say of what time. */
export function requireBudget(budget: Budget, check: PropCheck): Budget {
  if (!(budget instanceof Budget)) {
    const remedy = 'write for example `Budget.monthly(200)`';
    throw check.error('budget', 'must be a Budget', budget, remedy);
  }
  return budget;
}

/** What is wrong with an app as a whole, once it is declared. */
export function validateNotEmpty(app: ServerlessApp): string[] {
  if (app.functions.length > 0) {
    return [];
  }
  const rule = 'must have at least one function';
  const remedy = 'add one with `onRequest`, `onSchedule` or `addFunction`';
  return [app._check.error('functions', rule, words('none'), remedy).message];
}
