import { ASSEMBLY } from './command-options';
import type { CommandSpec } from './command-spec';

/** `serverless-app types`. */
export const TYPES: CommandSpec = {
  name: 'types',
  summary: 'write the types of the handlers’ environment variables',
  description:
    'Writes `serverless-app-env.d.ts`: a type for the environment variables of each function (`CreateOrderEnv`), from the cloud assembly. ' +
    '`cdk synth` writes it too, unless the variable `CI` is set. --check writes nothing and exits with 1 if the file is missing or old.',
  options: [
    {
      flags: '--check',
      description: 'only compare, for a build server: exit with 1 if the file is not up to date',
    },
    {
      flags: '--output <file>',
      description: 'the file',
      default: 'serverless-app-env.d.ts',
      example: '--output src/env.d.ts',
    },
    ASSEMBLY,
  ],
  examples: ['npx serverless-app types', 'npx serverless-app types --check'],
  load: async () => (await import('./commands/types.js')).types,
};
