import { asUserError } from '../../bin/aws-error';
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
    'there are no credentials for AWS',
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
  ['no region', new Error('Region is missing'), 'the region is not known', 1],
  [
    'throttling',
    awsError('ThrottlingException', 'Rate exceeded', { action: 'cloudwatch:GetMetricData' }),
    'AWS throttles cloudwatch:GetMetricData, also after several attempts',
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

test('a user’s mistake is what it is', () => {
  const error = new UserError('a', 'b');

  expect(asUserError(error)).toBe(error);
});

test.each([new TypeError('x is not a function'), 'text', undefined])(
  'a defect is none: %s',
  (error) => {
    expect(asUserError(error)).toBeUndefined();
  },
);
