import { Guard } from './guard';

/** A secret in a plain environment variable. Its value is never shown. */
export const secretInEnvironment: Guard = {
  id: 'secret-in-environment',
  severities: ['warning'],
  what: 'An environment variable that contains a secret, judged by the form of its value (an AWS access key, a private key, a JWT, a known service’s token, a URL or connection string with a password), by its name (`DB_PASSWORD`, `API_KEY`), or because it is resolved from Secrets Manager at deployment.',
  why: 'Anyone who can see the function’s configuration, the template or the deployment’s artifacts can read it. It stays in the history of each of them, and it is not rotated.',
  fix: 'Store it in Secrets Manager or an encrypted parameter, give the function its name or ARN and permission to read it, and read it when the function starts.',
  accept:
    'The value is not a secret: it is a public key or a test value, or the name only sounds like a secret.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html',
  check: ({ functions }) =>
    functions.flatMap(({ id, secrets }) =>
      secrets.map(({ variable, because }) => ({
        prop: `functions.${id}.environment.${variable}`,
        function: id,
        rule: 'must not contain a secret, because everyone who can see the function’s configuration can read it',
        got: `a value that ${because}`,
        remedy:
          'store it in Secrets Manager, give the function the secret’s ARN and `secret.grantRead(fn)`, and read it when the ' +
          'function starts; if it is not a secret, acknowledge this warning',
      })),
    ),
};
