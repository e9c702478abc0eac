import { ASSEMBLY } from './command-options';
import type { CommandSpec, OptionSpec } from './command-spec';

/** Of `serverless-app describe`. */
export const PORTABILITY: OptionSpec = {
  flags: '--portability',
  description: 'show what binds each function to AWS, and what does not',
};

/** `serverless-app types`. */
export const TYPES: CommandSpec = {
  name: 'types',
  summary: 'write the types of the handlers’ environment variables',
  description:
    'Writes `serverless-app-env.d.ts`: a type for the environment variables of each function (`CreateOrderEnv`), from the cloud assembly. ' +
    '`cdk synth` writes it too, unless the variable `CI` is set. --check writes nothing and exits with 1 if the file is missing or out of date.',
  options: [
    {
      flags: '--check',
      description: 'only compare, for CI: exit with 1 if the file is not up to date',
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

/** `serverless-app serve`. */
export const SERVE: CommandSpec = {
  name: 'serve',
  summary: 'serve the app’s HTTP requests on plain Node.js, without AWS',
  description:
    'Serves the HTTP requests of an app on plain Node.js, as in a container. Routes and code come from the cloud assembly; the values of variables come ' +
    'from the environment, from --env, and from the template where they are plain text. Modules with `fetch` run natively; other handlers receive the events of ' +
    'API Gateway. Each function URL gets its own port, after the port of the API. After SIGTERM, running requests may finish.',
  arguments: [{ name: 'app', description: 'id, path or stack of the app, if there are several' }],
  options: [
    {
      flags: '--port <number>',
      description: 'the port, 0 for a free one (default: $PORT, else 8080)',
      example: '--port 3000',
    },
    {
      flags: '--host <address>',
      description: 'the address to listen on; in a container 0.0.0.0',
      default: '127.0.0.1',
      example: '--host 0.0.0.0',
    },
    {
      flags: '--env <file>', // Node.js takes `--env-file` for its own, wherever it stands
      description: 'file with lines NAME=value; the environment takes precedence',
      example: '--env .env',
    },
    {
      flags: '--no-authorizers',
      description: 'also serve routes whose callers only AWS can check, without checking them',
    },
    {
      flags: '--drain <seconds>',
      description: 'how long running requests may take after SIGTERM',
      default: '10',
      example: '--drain 30',
    },
    ASSEMBLY,
  ],
  examples: [
    'npx cdk synth -q && npx serverless-app serve --env .env',
    'npx serverless-app serve --host 0.0.0.0 --port 8080',
  ],
  load: async () => (await import('./commands/serve.js')).serve,
};
