import type { CommandSpec } from './command-spec';

/** `serverless-app migrate`. */
export const MIGRATE: CommandSpec = {
  name: 'migrate',
  summary: 'write app.ts from a Serverless Framework, SAM or CloudFormation definition',
  description:
    'Writes `app.ts` from a serverless.yml or a template.yaml, and package.json, cdk.json and tsconfig.json if they are missing. Handlers stay as ' +
    'they are. `migration.md` lists what is not migrated, and why; `import.json` is for `cdk import`, which takes over tables and buckets. Runs offline.',
  arguments: [
    { name: 'definition', description: 'serverless.yml or template.yaml', required: true },
  ],
  options: [
    {
      flags: '--out <folder>',
      description: 'where to write (default: the folder of the definition)',
      example: '--out infra',
    },
    { flags: '--force', description: 'replace an existing app.ts' },
  ],
  examples: [
    'npx serverless-app migrate serverless.yml',
    'npx serverless-app migrate template.yaml --out infra',
  ],
  load: async () => (await import('./commands/migrate.js')).migrate,
};
