import { UserError } from '../user-error';
import type { CdkError } from './cdk';
import { synthesisError } from './synthesis-error';

/** The error of a synthesis, with its file and line. */
export function synthesisFailed({ message }: CdkError, project: string): UserError {
  return new UserError(`the synthesis failed: ${synthesisError(message, project)}`, 'correct it');
}

/** The output lines of a deployment that say why it failed. */
export function deploymentFailed(error: CdkError): UserError {
  const lines = error.message.split('\n').filter((line) => line.trim() !== '');
  const reasons = lines.filter(
    (line) => /FAILED|failed|Error/.test(line) && !/ROLLBACK_/.test(line),
  );
  const shown = reasons.length === 0 ? lines.slice(-5) : [...new Set(reasons)].slice(0, 5);
  return new UserError(
    `the deployment failed:\n${shown.map((line) => `  ${line.trim()}`).join('\n')}\n`,
    'correct it, or delete the emulator’s state with `serverless-app dev --fresh`',
  );
}
