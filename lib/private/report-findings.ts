import { Validations } from 'aws-cdk-lib';
import { GUARDS } from '../guard/guards';
import type { ServerlessApp } from '../serverless-app';
import { collectFacts } from './collect-facts';

/**
 * Asks all guards: gives their errors, which end the synthesis, and adds their warnings, which can be acknowledged. As a
 * validation, since only then all is made that the CDK makes of an app: parameters, outputs, metadata.
 */
export function reportFindings(app: ServerlessApp): string[] {
  const facts = collectFacts(app);
  const findings = GUARDS.flatMap((guard) => guard(facts));
  for (const { id, severity, message } of findings) {
    if (severity === 'warning') {
      Validations.of(app).addWarning(id, message);
    }
  }
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ id, message }) => `${message} (${id})`);
}
