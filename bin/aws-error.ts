import { oneLine } from './text/one-line';
import { UserError } from './user-error';

/** An error of the AWS SDK. Our clients add `action`: `sqs:ReceiveMessage`. */
interface AwsError extends Error {
  readonly code?: string;
  readonly action?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

const THROTTLED =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled|SlowDown|LimitExceededException|PriorRequestNotComplete)$/;
const DENIED =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized|AuthorizationError|AuthorizationErrorException)$/;
const EXPIRED = /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|TokenProviderError)$/;
const INVALID =
  /^(UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignatureException|AuthFailure|IncompleteSignature)$/;
/** AWS accepts a signature for 5 minutes. The SDK corrects the clock only after the first response, and not for every service. */
const SKEWED =
  /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$|Signature (expired|not yet current)/;
const UNREACHABLE =
  /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|TimeoutError|NetworkingError)$/;

/** The SDK’s note on a response that is not in the service’s format: `…, unexpected content.\n  Deserialization error: …`. */
const UNREADABLE = /\s*Deserialization error:.*$/s;

/** An unusable response: a proxy or another server may have sent it. */
export function unreadable(action: string, why: string): UserError {
  return new UserError(
    `the response to ${action} is not from AWS (${oneLine(why).replace(/\.$/, '')})`,
    'check HTTPS_PROXY and AWS_ENDPOINT_URL: something other than AWS answers',
    2,
  );
}

/** One line and a remedy for a known problem with AWS or this machine; `undefined` for a defect of this program. */
export function asUserError(error: unknown): UserError | undefined {
  if (error instanceof UserError || !(error instanceof Error)) {
    return error instanceof UserError ? error : undefined;
  }
  const { name, message, action = 'AWS' } = error as AwsError;
  const code = (error as AwsError).code ?? name;
  if (SKEWED.test(name) || SKEWED.test(message)) {
    return new UserError(
      'the clock of this machine differs from AWS’s by more than 5 minutes',
      `set it (it says ${new Date().toISOString()})`,
    );
  }
  if (DENIED.test(name)) {
    return new UserError(
      `no permission for ${deniedAction(error)}`,
      'ask an administrator to allow that action for your role, or choose another profile with --profile',
    );
  }
  if (EXPIRED.test(name) || /\b(sso|token|session)\b.*\bexpired\b/i.test(message)) {
    return new UserError(
      'the credentials have expired',
      'sign in again, for example with `aws sso login`',
    );
  }
  if (
    name === 'CredentialsProviderError' ||
    /Could not load credentials|Credential is missing/.test(message)
  ) {
    return /profile/i.test(message) && !message.includes('any providers')
      ? new UserError(message.replace(/\.$/, ''), 'see `aws configure list-profiles`')
      : new UserError(
          'there are no AWS credentials',
          'sign in with `aws sso login` or `aws configure`, and name the profile with --profile or AWS_PROFILE',
        );
  }
  if (INVALID.test(name)) {
    return new UserError(
      'AWS does not accept the credentials',
      'see `aws sts get-caller-identity`, and sign in again or choose another profile with --profile',
    );
  }
  if (/Region is missing/.test(message)) {
    return new UserError(
      'the region is not known',
      'set --region or AWS_REGION, or give the stack an `env`',
    );
  }
  if (THROTTLED.test(name)) {
    return new UserError(
      `AWS still throttles ${action} after several attempts`,
      'wait a minute and try again',
      2,
    );
  }
  if (UNREACHABLE.test(code)) {
    return new UserError(
      `AWS cannot be reached (${action}: ${message === '' ? code : message})`,
      'check the network, HTTPS_PROXY, --region and AWS_ENDPOINT_URL',
      2,
    );
  }
  const { httpStatusCode: status = 200 } = (error as AwsError).$metadata ?? {};
  if (UNREADABLE.test(message) && status < 500) {
    return unreadable(action, message.replace(UNREADABLE, ''));
  }
  return undefined;
}

/** Most services name the action in their message; S3 does not. */
function deniedAction({ message, action }: AwsError): string {
  return /not authorized to perform:? ([\w-]+:\w+)/.exec(message)?.[1] ?? action ?? message;
}
