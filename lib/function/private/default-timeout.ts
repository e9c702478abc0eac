import { Duration } from 'aws-cdk-lib';
import { TriggerFacts } from '../../model/app-model';
import { FUNCTION_DEFAULTS } from '../../core/defaults';

/** The timeout of a function that is given none: whoever waits for HTTP does so for 30 seconds at most. */
export function defaultTimeout(triggers: readonly TriggerFacts[]): Duration {
  const overHttp = triggers.filter(({ kind }) => kind === 'http').length;
  if (overHttp === 0) {
    return FUNCTION_DEFAULTS.timeout;
  }
  return overHttp === triggers.length
    ? FUNCTION_DEFAULTS.timeoutBehindHttp
    : FUNCTION_DEFAULTS.timeoutHttpAmongOthers;
}
