import { asUserError } from '../../bin/aws-error';
import { lastResort } from '../../bin/last-resort';
import { UserError } from '../../bin/user-error';

function awsError(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

test.each<[string, Error, string, number]>([
  [
    'a permission that AWS names',
    awsError(
      'AccessDeniedException',
      'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: logs:FilterLogEvents on resource: y',
    ),
    'no permission for logs:FilterLogEvents',
    1,
  ],
  [
    'a permission that only we know',
    awsError('AccessDenied', 'Access Denied', { action: 's3:GetObject' }),
    'no permission for s3:GetObject',
    1,
  ],
  [
    'no credentials',
    awsError('CredentialsProviderError', 'Could not load credentials from any providers'),
    'there are no AWS credentials',
    1,
  ],
  [
    'a profile that is not there',
    awsError(
      'CredentialsProviderError',
      'Could not resolve credentials using profile: [prod] in configuration/credentials file(s).',
    ),
    'Could not resolve credentials using profile: [prod] in configuration/credentials file(s)',
    1,
  ],
  [
    'an answer that is not in the format of the service',
    awsError(
      'SyntaxError',
      '@aws-sdk XML parse error: unexpected content.\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.',
      { action: 'sts:GetCallerIdentity', $metadata: { httpStatusCode: 200 } },
    ),
    'the response to sts:GetCallerIdentity is not from AWS (@aws-sdk XML parse error: unexpected content)',
    2,
  ],
  ['an expired token', awsError('ExpiredTokenException', 'x'), 'the credentials have expired', 1],
  [
    'an expired sign-in',
    awsError(
      'CredentialsProviderError',
      'The SSO session associated with this profile has expired.',
    ),
    'the credentials have expired',
    1,
  ],
  [
    'a wrong key',
    awsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ),
    'AWS does not accept the credentials',
    1,
  ],
  [
    'a skewed clock that the signature shows',
    awsError(
      'InvalidSignatureException',
      'Signature expired: 20261127T1 is now earlier than 20261127T2',
    ),
    'the clock of this machine differs from AWS’s by more than 5 minutes',
    1,
  ],
  [
    'a skewed clock that S3 names',
    awsError('RequestTimeTooSkewed', 'The difference is too large.'),
    'the clock of this machine differs from AWS’s by more than 5 minutes',
    1,
  ],
  ['no region', new Error('Region is missing'), 'the region is not known', 1],
  [
    'throttling',
    awsError('ThrottlingException', 'Rate exceeded', { action: 'cloudwatch:GetMetricData' }),
    'AWS still throttles cloudwatch:GetMetricData after several attempts',
    2,
  ],
  [
    'a dead line',
    awsError('Error', 'connect ECONNREFUSED 127.0.0.1:1', {
      code: 'ECONNREFUSED',
      action: 'sqs:ReceiveMessage',
    }),
    'AWS cannot be reached (sqs:ReceiveMessage: connect ECONNREFUSED 127.0.0.1:1)',
    2,
  ],
])('%s is one line', (_what, error, message, exitCode) => {
  expect(asUserError(error)).toMatchObject({ message, exitCode });
});

test.each<[string, Error, string, number]>([
  [
    'an internal error of AWS',
    awsError('InternalServiceException', 'UnknownError', {
      action: 'sqs:ReceiveMessage',
      $metadata: { httpStatusCode: 500 },
    }),
    'AWS failed (sqs:ReceiveMessage: UnknownError)',
    2,
  ],
  [
    'an answer that is not known',
    awsError('QueueDoesNotExist', 'The specified queue does not exist.', {
      action: 'sqs:GetQueueUrl',
      $metadata: { httpStatusCode: 400 },
    }),
    'AWS refused sqs:GetQueueUrl: The specified queue does not exist.',
    2,
  ],
  [
    'an answer of several lines',
    awsError('X', 'one\n  two', { action: 'a:B', $metadata: {} }),
    'AWS refused a:B: one two',
    2,
  ],
  [
    'a full disk',
    awsError('Error', 'ENOSPC: no space left on device, write', {
      code: 'ENOSPC',
      syscall: 'write',
    }),
    'write failed: ENOSPC: no space left on device, write',
    2,
  ],
  [
    'a folder that is not there',
    awsError('Error', "ENOENT: no such file or directory, mkdtemp '/tmp/x'", {
      code: 'ENOENT',
      syscall: 'mkdtemp',
    }),
    "mkdtemp failed: ENOENT: no such file or directory, mkdtemp '/tmp/x'",
    1,
  ],
])('at the end, %s is one line', (_what, error, message, exitCode) => {
  expect(asUserError(error)).toBeUndefined(); // so that a retry can go on with the next event
  expect(lastResort(error)).toMatchObject({ message, exitCode });
});

test('at the end, a defect is still a defect', () => {
  expect(lastResort(new TypeError('x is not a function'))).toBeUndefined();
});

test('a user error is returned unchanged', () => {
  const error = new UserError('a', 'b');

  expect(asUserError(error)).toBe(error);
});

test.each([new TypeError('x is not a function'), 'text', undefined])(
  'a defect is not a user error: %s',
  (error) => {
    expect(asUserError(error)).toBeUndefined();
  },
);
