import { seemsSecret } from '../../lib/guard/secrets';

const A40 = 'a1B2'.repeat(10);
const letters = (count: number): string => A40.slice(0, count);

test.each([
  ['AKIA' + 'IOSFODNN7EXAMPLE', 'an AWS access key'],
  ['-----BEGIN RSA PRIVATE ' + 'KEY-----\nMII', 'a private key'],
  ['eyJhbGciOiJI' + '.eyJzdWIiOiIx.sig', 'a JWT'],
  ['ghp_' + A40, 'a GitHub token'],
  ['glpat-' + A40, 'a GitLab token'],
  ['npm_' + A40.slice(0, 36), 'an npm token'],
  ['xoxb-' + A40, 'a Slack token'],
  ['sk_live_' + A40, 'a Stripe key'],
  ['AIza' + A40.slice(0, 35), 'a Google key'],
  ['SG.' + A40 + '.' + A40, 'a SendGrid key'],
  ['sk-proj-' + A40, 'an AI service key'],
  ['postgres://admin:hunter2@db.example.com/shop', 'a URL that contains a password'],
  ['jdbc:postgresql://admin:hunter2@db.example.com/shop', 'a URL that contains a password'],
  ['redis://:hunter2@cache', 'a URL that contains a password'],
  ['one.example.com,s3://a:b@two.example.com', 'a URL that contains a password'],
  ['Server=db;Password=hunter2;', 'a connection string with a password'],
  ['password=hunter2', 'a connection string with a password'],
  ['Server=db; Pwd = hunter2', 'a connection string with a password'],
  ['DefaultEndpointsProtocol=https;AccountKey=abc==', 'a connection string with a password'],
  ['ASIA' + 'IOSFODNN7EXAMPLE', 'an AWS access key'],
  ['-----BEGIN PRIVATE ' + 'KEY-----', 'a private key'],
  ['gho_' + letters(36), 'a GitHub token'],
  ['github_pat_' + letters(22), 'a GitHub token'],
  ['glpat-' + letters(20), 'a GitLab token'],
  ['xoxp-' + letters(10), 'a Slack token'],
  ['rk_live_' + letters(16), 'a Stripe key'],
  ['SG.' + letters(16) + '.' + letters(16), 'a SendGrid key'],
  ['sk-' + letters(32), 'an AI service key'],
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
  'ghp_' + letters(35),
  'github_pat_' + letters(21),
  'glpat-' + letters(19),
  'npm_' + letters(35),
  'npm_' + letters(37),
  'xoxb-' + letters(9),
  'xoxz-' + letters(10),
  'sk_live_' + letters(15),
  'sk_test_' + letters(16),
  'AIza' + letters(34),
  'SG.' + letters(15) + '.' + letters(16),
  'SG.' + letters(16) + '.' + letters(15),
  'sk-' + letters(31),
  'task-' + letters(32),
  'https://example.com:8080/@scope',
  'https://example.com/?user=a:b@c',
  'Server=db;Password=;',
  'Server=db;Password= ;',
  'Server=db;ResetPassword=yes',
  'A password = something',
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
  'SECRETKEY',
  'APIKEY',
  'AWS_ACCESSKEY',
  'awsAccessKey',
  'PRIVATEKEY',
  'TLS_PRIVATE_KEY',
  'SIGNINGKEY',
  'SIGNING_KEY',
  'ENCRYPTIONKEY',
  'ENCRYPTION_KEY',
  'ACCESSTOKEN',
  'refreshToken',
  'TOKEN',
  'DB_PASSWD',
  'PWD',
  'GPG_PASSPHRASE',
  'CREDENTIAL',
  'GOOGLE_CREDENTIALS',
  's3Secret',
])('a value under the name %s counts as a secret', (name) => {
  expect(seemsSecret(name, 'hunter2', true)).toBe(
    'is written out in a variable named like a secret',
  );
});

test.each([
  'hunter/2',
  'an arn: of mine',
  'https://user@example.com',
  '$',
  '$$x',
  '${}',
  'trueish',
  'falsehood',
  'enabled1',
  'disabled1',
  'nonesuch',
  'required1',
  'optional1',
])('%s under the name of a secret counts as one', (value) => {
  expect(seemsSecret('DB_PASSWORD', value, true)).toBe(
    'is written out in a variable named like a secret',
  );
});

test.each([
  ['DB_PASSWORD', 'http://vault.example.com/db'],
  ['DB_PASSWORD', 'https://'],
  ['DB_PASSWORD', '$DB'],
  ['DB_PASSWORD', '${DB}'],
  ['API_TOKEN', 'true'],
  ['API_TOKEN', 'False'],
  ['API_TOKEN', 'enabled'],
  ['API_TOKEN', 'DISABLED'],
  ['API_TOKEN', 'none'],
  ['API_TOKEN', 'optional'],
  ['MONKEY', 'value'],
  ['KEYTOKENS', 'value'],
  ['MYTOKEN', 'value'],
  ['CREDENTIALS_FILE', 'x.json'],
  ['SECRET_NAME', 'prod/db'],
  ['TOKEN_TABLE_NAME', 'tokens'],
  ['PASSWORD_MIN_LENGTH', '12'],
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', '/prod/db/password'],
  ['DB_SECRET', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db'],
  ['API_TOKEN', 'required'],
  ['KEY', 'value'],
])('%s=%s does not count as one', (name, value) => {
  expect(seemsSecret(name, value, true)).toBeUndefined();
});

test('a value that is partly known only at deployment is not judged by its name', () => {
  expect(seemsSecret('DB_PASSWORD', 'x', false)).toBeUndefined();
});
