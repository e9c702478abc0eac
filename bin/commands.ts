import { ASSEMBLY, DEPLOYED, LOCAL, ONE_APP } from './command-options';
import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec';
import { DEV, FIRE, INVOKE } from './dev-commands';
import { MIGRATE } from './migrate-command';
import { PORTABILITY, SERVE, TYPES } from './project-commands';
import { SITE } from './site-commands';

const NAME = 'serverless-app';

const APP: ArgumentSpec = {
  name: 'app',
  description:
    'id, path or stack of an app (default: $SERVERLESS_APP, else "cdk-serverless-app:app" in the context of cdk.json, else all)',
};
const FUNCTION: OptionSpec = {
  flags: '--function <id>',
  description: 'only failures of this function',
  example: '--function ImportOrders',
};
const since = (fallback: string): OptionSpec => ({
  flags: '--since <duration>',
  description: 'how far back to look: 30m, 12h, 7d, 2w',
  default: fallback,
  example: `--since ${fallback}`,
});
const FAILURE_ID: ArgumentSpec = {
  name: 'id',
  description: 'the failure’s id, or the beginning of it',
};

const DESCRIBE: CommandSpec = {
  name: 'describe',
  summary: 'show triggers, access and failure destinations',
  description:
    'Shows what invokes each function, what it may access, and where failed events go. Reads the cloud assembly.',
  arguments: [APP],
  options: [PORTABILITY, ...LOCAL],
  examples: ['npx serverless-app describe', 'npx serverless-app describe Orders --portability'],
  load: async () => (await import('./commands/describe.js')).describe,
};

const ESTIMATE: CommandSpec = {
  name: 'estimate',
  summary: 'estimate the monthly cost, and what a change costs',
  description:
    'Estimates the monthly cost of an app at three usage levels, without an account or network access. --compare shows what a change ' +
    'costs. --max-increase and --max-monthly make a build fail (exit code 1).',
  arguments: [APP],
  options: [
    {
      flags: '--level <level>',
      description:
        'show every part of one level, with quantity and price (limits apply to moderate by default)',
      choices: ['low', 'moderate', 'high'],
    },
    {
      flags: '--compare <assembly or git ref>',
      description: 'a cloud assembly, or a git ref to synthesize',
      example: '--compare main',
    },
    {
      flags: '--max-increase <percent>',
      description: 'fail above this increase (with --compare)',
      example: '--max-increase 10%',
    },
    {
      flags: '--max-monthly <dollars>',
      description: 'fail above this monthly cost',
      example: '--max-monthly 200',
    },
    ...LOCAL,
  ],
  examples: [
    'npx serverless-app estimate',
    'npx serverless-app estimate --level high',
    'npx serverless-app estimate --compare origin/main --max-increase 10%',
  ],
  load: async () => (await import('./commands/estimate.js')).estimate,
};

const DIFF: CommandSpec = {
  name: 'diff',
  summary: 'show the effects of a deployment: data loss, failures, downtime, permissions, cost',
  description:
    'Shows the effects of deploying this cloud assembly, the most dangerous first: data lost or replaced, events lost, updates that ' +
    'fail and why, downtime, changed permissions and triggers, dollars a month. Compares with the deployed stacks, or with ' +
    'another cloud assembly or a git ref. Exits with 1 if it finds a kind that --fail-on names.',
  options: [
    {
      flags: '--compare <assembly or git ref>',
      description: 'a cloud assembly, or a git ref to synthesize (default: the deployed stacks)',
      example: '--compare main',
    },
    {
      flags: '--fail-on <kinds>',
      description:
        'exit with 1 on these kinds: data-loss, data-replaced, events-lost, will-fail, may-fail, downtime, not-applied, permission-added, …',
      example: '--fail-on data-loss,will-fail',
    },
    { flags: '--markdown', description: 'print Markdown for a comment on a pull request' },
    ...DEPLOYED,
  ],
  examples: [
    'npx serverless-app diff',
    'npx serverless-app diff --compare origin/main --fail-on data-loss,events-lost,will-fail',
    'npx serverless-app diff --compare origin/main --markdown',
  ],
  load: async () => (await import('./commands/diff.js')).diff,
};

const COST: CommandSpec = {
  name: 'cost',
  summary: 'show the actual cost and a forecast',
  description:
    'Shows what an app costs, from CloudWatch metrics and the price list: so far, in the last hour, and a forecast for the ' +
    'calendar month, by function and part, next to the estimate.',
  arguments: [APP],
  options: [since('7d'), ...DEPLOYED],
  examples: ['npx serverless-app cost', 'npx serverless-app cost Orders --since 24h --json'],
  load: async () => (await import('./commands/cost.js')).cost,
};

const ADVISE: CommandSpec = {
  name: 'advise',
  summary: 'recommend changes from actual usage, with their savings',
  description:
    'Recommends changes from actual usage: memory, provisioned and reserved concurrency, timeouts, logs, idle functions, ' +
    'alarms. Each recommendation shows the evidence, the saving, and the prop to change. Queries Lambda’s reports with CloudWatch Logs Insights, ' +
    'which costs $0.005 for each GB of logs.',
  arguments: [APP],
  options: [since('14d'), ...DEPLOYED],
  examples: ['npx serverless-app advise', 'npx serverless-app advise Orders --since 4w'],
  load: async () => (await import('./commands/advise.js')).advise,
};

const FAILURES: CommandSpec = {
  name: 'failures',
  summary: 'list, show, retry and purge failed events',
  description:
    'Lists, shows, retries and removes events that a function could not process. They are in the failure queue and the failure ' +
    'bucket.',
  examples: [
    'npx serverless-app failures list',
    'npx serverless-app failures show 3f2a',
    'npx serverless-app failures retry --all --function ImportOrders',
  ],
  commands: [
    {
      name: 'list',
      summary: 'list failures by function and trigger, newest first',
      description:
        'Lists failures by function and trigger. The messages are hidden from other readers until the command ends, or for ' +
        '5 minutes if it is killed.',
      options: [
        FUNCTION,
        {
          flags: '--limit <count>',
          description: 'maximum number of failures to read',
          default: '1000',
          example: '--limit 1000',
        },
        ONE_APP,
        ...DEPLOYED,
      ],
      examples: ['npx serverless-app failures list', 'npx serverless-app failures list --json'],
      load: async () => (await import('./commands/failures-list.js')).failuresList,
    },
    {
      name: 'show',
      summary: 'show one failure with its error and its event',
      description: 'Shows one failure with its error and its whole event.',
      arguments: [{ ...FAILURE_ID, required: true }],
      options: [ONE_APP, ...DEPLOYED],
      examples: ['npx serverless-app failures show 3f2a'],
      load: async () => (await import('./commands/failures-show.js')).failuresShow,
    },
    {
      name: 'retry',
      summary: 'run the function again on the original event',
      description:
        'Runs the function again on the original event, and removes the failure only if the function succeeds. Nothing is lost ' +
        'if the command is killed, but an event whose function had just succeeded may run once more.',
      arguments: [FAILURE_ID],
      options: [
        { flags: '--all', description: 'retry every failure of the app' },
        FUNCTION,
        { flags: '--dry-run', description: 'only show what would run' },
        ONE_APP,
        ...DEPLOYED,
      ],
      examples: [
        'npx serverless-app failures retry 3f2a',
        'npx serverless-app failures retry --all --dry-run',
      ],
      load: async () => (await import('./commands/failures-retry.js')).failuresRetry,
    },
    {
      name: 'purge',
      summary: 'remove failures permanently',
      description:
        'Removes failures permanently, with their records in the failure bucket. Asks for confirmation.',
      arguments: [FAILURE_ID],
      options: [
        FUNCTION,
        { flags: '--foreign', description: 'also remove failures that do not belong to this app' },
        { flags: '--yes', description: 'do not ask for confirmation' },
        { flags: '--dry-run', description: 'only show what would be removed' },
        ONE_APP,
        ...DEPLOYED,
      ],
      examples: [
        'npx serverless-app failures purge',
        'npx serverless-app failures purge --function ImportOrders --yes',
      ],
      load: async () => (await import('./commands/failures-purge.js')).failuresPurge,
    },
  ],
};

const LOGS: CommandSpec = {
  name: 'logs',
  summary: 'show logs, with cold starts and failures marked',
  description:
    'Shows the logs of the app’s functions. JSON lines are formatted; cold starts and failures are marked.',
  arguments: [{ name: 'function', description: 'id of a function (default: all)' }],
  options: [
    since('10m'),
    { flags: '--follow', description: 'keep showing new lines until interrupted' },
    { flags: '--all', description: 'include Lambda’s start and end lines' },
    ONE_APP,
    ...DEPLOYED,
  ],
  examples: ['npx serverless-app logs --since 1h', 'npx serverless-app logs CreateOrder --follow'],
  load: async () => (await import('./commands/logs.js')).logs,
};

const DOCTOR: CommandSpec = {
  name: 'doctor',
  summary: 'check this machine and the AWS account',
  description:
    'Checks the CDK CLI, Node.js, esbuild, the CDK’s template validation, credentials, region, bootstrap, the concurrency limit, ' +
    'the budget’s cost allocation tag, and throttling settings left behind in the API, and says how to fix each problem. Exits with ' +
    '1 if a check fails.',
  options: DEPLOYED,
  examples: ['npx serverless-app doctor', 'npx serverless-app doctor --profile production'],
  load: async () => (await import('./commands/doctor.js')).doctor,
};

const REPORT: CommandSpec = {
  name: 'report',
  summary: 'write an HTML report: topology, cost by load, limits, defaults',
  description:
    'Writes `<app>.report.html`, one page that works offline: topology, cost by load, the limits that are reached first, and the ' +
    'defaults in effect. Prints the file’s name.',
  arguments: [APP],
  options: [
    { flags: '--open', description: 'open it in the browser' },
    { flags: '--metrics', description: 'include figures from CloudWatch' },
    since('7d'),
    {
      flags: '--output <folder>',
      description: 'where to write it (default: the cloud assembly)',
      example: '--output build',
    },
    ...DEPLOYED,
  ],
  examples: ['npx serverless-app report --open', 'npx serverless-app report Orders --metrics'],
  load: async () => (await import('./commands/report.js')).report,
};

const OPENAPI: CommandSpec = {
  name: 'openapi',
  summary: 'print the API as an OpenAPI 3.1 document',
  description:
    'Prints the API of an app as an OpenAPI 3.1 document in JSON: routes, parameters, bodies and who may call. Reads the cloud ' +
    'assembly, where synthesis also writes it, as `<app>.openapi.json`.',
  arguments: [APP],
  options: [ASSEMBLY],
  examples: [
    'npx serverless-app openapi > openapi.json',
    'npx serverless-app openapi Orders --assembly cdk.out',
  ],
  load: async () => (await import('./commands/openapi.js')).openapi,
};

const COMPLETION: CommandSpec = {
  name: 'completion',
  summary: 'print a completion script for your shell',
  description: 'Prints a script that completes commands and options in your shell.',
  arguments: [
    {
      name: 'shell',
      description: 'bash, zsh or fish',
      required: true,
      choices: ['bash', 'zsh', 'fish'],
    },
  ],
  examples: [
    'source <(npx serverless-app completion bash)',
    'npx serverless-app completion fish > ~/.config/fish/completions/serverless-app.fish',
  ],
  load: async () => (await import('./commands/completion.js')).completionOf(NAME, COMMANDS),
};

export const COMMANDS: readonly CommandSpec[] = [
  DEV,
  DESCRIBE,
  ESTIMATE,
  DIFF,
  COST,
  ADVISE,
  FAILURES,
  INVOKE,
  FIRE,
  LOGS,
  REPORT,
  OPENAPI,
  TYPES,
  SERVE,
  SITE,
  MIGRATE,
  DOCTOR,
  COMPLETION,
];

/** The program without its version, which the package supplies. */
export const PROGRAM = {
  name: NAME,
  commands: COMMANDS,
  examples: [
    'npx cdk synth -q && npx serverless-app describe',
    'npx serverless-app estimate --compare origin/main --max-increase 10%',
    'npx serverless-app failures list',
    'npx serverless-app logs CreateOrder --follow',
  ],
};
