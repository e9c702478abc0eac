import { Lazy, Token } from 'aws-cdk-lib';
import { checkAddresses } from '../../lib/monitoring/private/address-rules';
import { PropCheck } from '../../lib/props/prop-check';

const check = (mails: unknown) => (): void => {
  checkAddresses(mails as string[] | undefined, new PropCheck('Test/App', ''));
};
/** An address of so many characters. */
const long = (length: number): string =>
  `${'a'.repeat(length - '@example.com'.length)}@example.com`;

test.each<[string, unknown]>([
  ['none are given', undefined],
  ['there is one', ['ops@example.com']],
  ['there are several', ['ops@example.com', 'dev@example.com', 'ops@example.org']],
  ['one is in a subdomain', ['o.p+s@mail.example.co.uk']],
  ['one is as long as may be', [long(254)]],
  ['one is a token', [Lazy.string({ produce: () => '' })]],
  ['all are tokens', [Lazy.string({ produce: () => 'a' }), Lazy.string({ produce: () => 'a' })]],
])('email can be sent to an address with %s', (_what, mails) => {
  expect(check(mails)).not.toThrow();
});

test.each([
  'ops',
  'ops@',
  '@example.com',
  'ops@example',
  'ops@example.',
  'ops@.com',
  'ops@example..com',
  'a@b@example.com',
  'ops@exa@mple.com',
  'two words@example.com',
  'ops@two words.com',
  ' ops@example.com',
  'ops@example.com ',
  'ops@example.com,dev@example.com',
  'Ops <ops@example.com>',
  '"ops"@example.com',
  'a;b@example.com',
  'ops@example.c"m',
  long(255),
  '',
  42,
  null,
])('no email can be sent to %p', (mail) => {
  expect(check(['ok@example.com', mail])).toThrow(
    /^Test\/App: `notify\[1\]` must be an email address, got .*: write, for example, `notify: \["ops@example\.com"\]`; for other targets use your own topic: `notifyTopic`$/,
  );
});

test.each<[string, unknown, string]>([
  [
    'text alone',
    'ops@example.com',
    '`notify` must be a list of email addresses, got "ops@example.com": write, for example, `notify: ["ops@example.com"]`',
  ],
  [
    'an empty list',
    [],
    '`notify` must have at least one email address, got none: write, for example, `notify: ["ops@example.com"]`, or leave it out',
  ],
  [
    'a list that only the deployment knows',
    Token.asList({ Ref: 'Mails' }),
    '`notify` must be a list of known length, got a token of a list: write, for example, `notify: ["ops@example.com"]`, each may be a token',
  ],
  [
    'an address twice, in whatever letters',
    ['ops@example.com', 'dev@example.com', 'OPS@Example.com'],
    '`notify` must not repeat an address, got "OPS@Example.com" twice: leave one of them out',
  ],
])('%s fails', (_what, mails, message) => {
  expect(check(mails)).toThrow(message);
});
