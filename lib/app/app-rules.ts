import { AppStage } from '../model/app-stage';
import { Sharding } from '../core/sharding';
import { PropCheck } from '../props/prop-check';

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
