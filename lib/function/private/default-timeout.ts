import { Duration } from 'aws-cdk-lib';
import { FUNCTION_DEFAULTS } from '../../core/defaults';
import { kindOf } from '../../kinds/trigger-kinds';
import { TriggerModel } from '../../model/app-model';

/** The default timeout of a function: no longer than its callers wait. */
export function defaultTimeout(triggers: readonly TriggerModel[]): Duration {
  const waits = triggers.flatMap((trigger) => kindOf(trigger).caller?.waitsSeconds ?? []);
  if (waits.length === 0) {
    return FUNCTION_DEFAULTS.timeout;
  }
  const timeout =
    waits.length === triggers.length
      ? FUNCTION_DEFAULTS.timeoutBehindHttp
      : FUNCTION_DEFAULTS.timeoutHttpAmongOthers;
  return Duration.seconds(Math.min(timeout.toSeconds(), ...waits));
}
