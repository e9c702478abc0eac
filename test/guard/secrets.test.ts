import { seemsSecret } from '../../lib/guard/secrets';

const A40 = 'a1B2'.repeat(10);

test.each([
  ['AKIA' + 'IOSFODNN7EXAMPLE', 'an AWS access key'],
  ['-----BEGIN RSA PRIVATE ' + 'KEY-----\nMII', 'a private key'],
  ['eyJhbGciOiJI' + '.eyJzdWIiOiIx.sig', 'a JWT'],
  ['ghp_' + A40, 'a token of GitHub'],
  ['glpat-' + A40, 'a token of GitLab'],
  ['npm_' + A40.slice(0, 36), 'a token of npm'],
  ['xoxb-' + A40, 'a token of Slack'],
  ['sk_live_' + A40, 'a key of Stripe'],
  ['AIza' + A40.slice(0, 35), 'a key of Google'],
  ['SG.' + A40 + '.' + A40, 'a key of SendGrid'],
  ['sk-proj-' + A40, 'a key of an AI service'],
  ['postgres://admin:hunter2@db.example.com/shop', 'an address with a password in it'],
  ['Server=db;Password=hunter2;', 'a connection string with a password'],
])('%s has the form of %s', (value, what) => {
  expect(seemsSecret('ANY', value, true)).toBe(`has the form of ${what}`);
  expect(seemsSecret('ANY', value, false)).toBe(`has the form of ${what}`);
});

test.each([
  'https://api.example.com/v1?key=value',
  'https://user@example.com',
  'arn:aws:secretsmanager:us-east-1:123456789012:secret:db',
  'AKIA',
  'key-name-of-sixteen',
  'eyJ.eyJ.x',
])('%s has no form of a secret', (value) => {
  expect(seemsSecret('ANY', value, true)).toBeUndefined();
});

test.each([
  'DB_PASSWORD',
  'PASSWORD',
  'apiKey',
  'STRIPE_API_KEY',
  'AUTH_TOKEN',
  'jwtSecret',
  'SECRET_KEY',
])('a value under the name %s is taken for a secret', (name) => {
  expect(seemsSecret(name, 'hunter2', true)).toBe('is written out under the name of a secret');
});

test.each([
  ['SECRET_NAME', 'prod/db'],
  ['TOKEN_TABLE_NAME', 'tokens'],
  ['PASSWORD_MIN_LENGTH', '12'],
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', '/prod/db/password'],
  ['DB_SECRET', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db'],
  ['API_TOKEN', 'required'],
  ['KEY', 'value'],
])('%s=%s is taken for none', (name, value) => {
  expect(seemsSecret(name, value, true)).toBeUndefined();
});

test('a value of which a part is known only at deployment is not judged by its name', () => {
  expect(seemsSecret('DB_PASSWORD', 'x', false)).toBeUndefined();
});
