import { Guard } from './guard';

/** npm's `latest`, 3.0.0, is an old build that was published by accident; it synthesizes, and then cannot read what was written. */
export const cliVersion: Guard = {
  id: 'cli-version',
  severities: ['error'],
  what:
    'An `aws-cdk` CLI that cannot read the cloud assembly which this release of aws-cdk-lib writes. The CLI tells its version to the ' +
    'app that it runs (`CDK_CLI_VERSION`, `CDK_CLI_ASM_VERSION`); without a CLI nothing is checked.',
  why:
    'The CLI refuses the assembly after the whole synthesis. Most often it is npm’s `latest`, 3.0.0: published by accident, older ' +
    'than its number says, and deprecated since.',
  fix: 'Install the CLI that the message names: `npm install --save-dev "aws-cdk@^2.1148.1"`.',
  source: 'https://github.com/aws/aws-cdk/issues/38113',
  check: ({ cli }) => {
    if (cli === undefined || cli.reads >= cli.writes) {
      return [];
    }
    const needed = cli.needed ?? '2.1148.1';
    return [
      {
        prop: 'aws-cdk',
        rule: 'must be a CLI that reads what this release of aws-cdk-lib writes',
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
