import { asUserError } from './aws-error';
import { oneLine } from './text/one-line';
import { UserError } from './user-error';

/** File system errors that a different path would avoid. */
const OF_PATH = /^(EACCES|EPERM|ENOENT|ENOTDIR|EISDIR|EEXIST|EROFS|ENAMETOOLONG|ELOOP)$/;
const OF_MACHINE = /^(ENOSPC|EDQUOT|EMFILE|ENFILE|EIO)$/;

/** One line for an error from outside this program; `undefined` for a defect. */
export function lastResort(error: unknown): UserError | undefined {
  return asUserError(error) ?? asAnswer(error) ?? asSystemError(error);
}

function asAnswer(error: unknown): UserError | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) {
    return undefined;
  }
  const { action = 'a call', $metadata } = error as {
    readonly action?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const text = oneLine(error.message === '' ? error.name : error.message);
  return ($metadata?.httpStatusCode ?? 0) >= 500
    ? new UserError(`AWS failed (${action}: ${text})`, 'try again in a minute', 2)
    : new UserError(
        `AWS refused ${action}: ${text}`,
        'check that the deployed app is the synthesized one (`npx cdk diff`)',
        2,
      );
}

function asSystemError(error: unknown): UserError | undefined {
  const {
    code = '',
    syscall = '',
    message,
  } = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
  const isOfPath = OF_PATH.test(code);
  return isOfPath || OF_MACHINE.test(code)
    ? new UserError(
        `${syscall} failed: ${oneLine(message)}`,
        isOfPath
          ? 'check that the folder exists and can be written (--output, TMPDIR, SERVERLESS_APP_CACHE)'
          : 'free some space or close some programs, or set TMPDIR to a folder on another disk',
        isOfPath ? 1 : 2,
      )
    : undefined;
}
