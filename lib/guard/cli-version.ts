import { Guard } from './guard';

/** npm's `latest`, 3.0.0, is an old build published by accident. It synthesizes, but cannot read the result. */
export const cliVersion: Guard = {
  id: 'cli-version',
  severities: ['error'],
  what: 'An `aws-cdk` CLI that cannot read the cloud assembly written by the installed aws-cdk-lib. The CLI passes its version to the app (`CDK_CLI_VERSION`, `CDK_CLI_ASM_VERSION`). If the app is run without the CLI, nothing is checked.',
  why: 'The CLI rejects the assembly only after the whole synthesis. The usual culprit is npm’s `latest`, 3.0.0, which was published by accident, is older than its number suggests, and has been deprecated.',
  fix: 'Install the CLI version named in the message: `npm install --save-dev "aws-cdk@^2.1148.1"`.',
  source: 'https://github.com/aws/aws-cdk/issues/38113',
  check: ({ cli }) => {
    if (cli === undefined || cli.reads >= cli.writes) {
      return [];
    }
    const needed = cli.needed ?? '2.1148.1';
    return [
      {
        prop: 'aws-cdk',
        rule: 'must be a CLI that can read what the installed aws-cdk-lib writes',
        quota: {
          name: `version ${cli.writes} of the cloud assembly, and the newest that this CLI reads`,
          limit: cli.reads,
          source: 'https://github.com/aws/aws-cdk/issues/38113',
        },
        got: cli.version,
        remedy: `run \`npm install --save-dev "aws-cdk@^${needed}"\`${cli.version.startsWith('3.') ? '; npm’s `latest`, 3.0.0, was published by accident' : ''}`,
      },
    ];
  },
};
