import type { OptionSpec } from './command-spec';

export const ONE_APP: OptionSpec = {
  flags: '--app <name>',
  description:
    'id, path or stack of the app, if the cloud assembly has several (default: as for `describe [app]`)',
  example: '--app Orders',
};
export const ASSEMBLY: OptionSpec = {
  flags: '--assembly <folder>',
  description: 'the cloud assembly',
  default: 'cdk.out',
  example: '--assembly cdk.out',
};
export const JSON_OUTPUT: OptionSpec = { flags: '--json', description: 'print JSON (schema/cli)' };
const AWS: readonly OptionSpec[] = [
  {
    flags: '--profile <name>',
    description: 'AWS profile (default: the AWS SDK’s)',
    example: '--profile production',
  },
  {
    flags: '--region <name>',
    description: 'AWS region (default: the app’s, else the AWS SDK’s)',
    example: '--region eu-central-1',
  },
];
export const LOCAL: readonly OptionSpec[] = [JSON_OUTPUT, ASSEMBLY];
export const DEPLOYED: readonly OptionSpec[] = [...LOCAL, ...AWS];
