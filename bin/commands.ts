import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec';

const APP: ArgumentSpec = {
  name: 'app',
  description: 'id or path of one app (default: all of the cloud assembly)',
};
const ONE_APP: OptionSpec = {
  flags: '--app <name>',
  description: 'id or path of the app, where the cloud assembly has several',
  example: '--app Orders',
};
const ASSEMBLY: OptionSpec = {
  flags: '--assembly <folder>',
  description: 'the cloud assembly',
  default: 'cdk.out',
  example: '--assembly cdk.out',
};
const JSON_OUTPUT: OptionSpec = { flags: '--json', description: 'data as JSON (schema/cli)' };
const AWS: readonly OptionSpec[] = [
  {
    flags: '--profile <name>',
    description: 'profile of your AWS configuration (default: as the AWS SDK finds credentials)',
    example: '--profile production',
  },
  {
    flags: '--region <name>',
    description: 'AWS region (default: the app’s own, else as the AWS SDK finds it)',
    example: '--region eu-central-1',
  },
];
const LOCAL: readonly OptionSpec[] = [JSON_OUTPUT, ASSEMBLY];
const DEPLOYED: readonly OptionSpec[] = [...LOCAL, ...AWS];
const FUNCTION: OptionSpec = {
  flags: '--function <id>',
  description: 'only failures of this function',
  example: '--function ImportOrders',
};
const since = (fallback: string): OptionSpec => ({
  flags: '--since <duration>',
  description: 'how far back: 30m, 12h, 7d, 2w',
  default: fallback,
  example: `--since ${fallback}`,
});
const FAILURE_ID: ArgumentSpec = {
  name: 'id',
  description: 'a failure’s id, or the beginning of it',
};

const DESCRIBE: CommandSpec = {
  name: 'describe',
  summary: 'what runs what, what it may touch, and where failures go',
  description:
    'What runs what, what it may touch, and where failures go. Reads the cloud assembly.',
  arguments: [APP],
  options: LOCAL,
  examples: ['npx serverless-app describe', 'npx serverless-app describe Orders --json'],
  load: async () => (await import('./commands/describe.js')).describe,
};

const ESTIMATE: CommandSpec = {
  name: 'estimate',
  summary: 'what it will cost a month, at three usage levels; what a change costs',
  description:
    'What an app will cost a month, at three usage levels, without an account and without a network. With --compare, what a ' +
    'change costs; --max-increase and --max-monthly make a build fail (exit code 1).',
  arguments: [APP],
  options: [
    {
      flags: '--level <level>',
      description: 'every part of one level, with quantity and price (of gates: default moderate)',
      choices: ['low', 'moderate', 'high'],
    },
    {
      flags: '--compare <assembly or git ref>',
      description: 'a cloud assembly, or a git ref, which is synthesized',
      example: '--compare main',
    },
    {
      flags: '--max-increase <percent>',
      description: 'fail above that, beside --compare',
      example: '--max-increase 10%',
    },
    {
      flags: '--max-monthly <dollars>',
      description: 'fail above that',
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
  summary: 'what a deployment would do: data lost, failures, downtime, permissions, cost',
  description:
    'What deploying this cloud assembly would do, the most dangerous first: data lost or replaced, events lost, updates that ' +
    'fail and why, downtime, permissions and triggers that change, dollars a month. Compares with what is deployed, or with ' +
    'another cloud assembly or a git ref. Exits with 1 where it finds something of a kind that --fail-on names.',
  options: [
    {
      flags: '--compare <assembly or git ref>',
      description:
        'a cloud assembly, or a git ref, which is synthesized (default: what is deployed)',
      example: '--compare main',
    },
    {
      flags: '--fail-on <kinds>',
      description:
        'fail on these: data-loss, data-replaced, events-lost, will-fail, may-fail, downtime, not-applied, permission-added, …',
      example: '--fail-on data-loss,will-fail',
    },
    { flags: '--markdown', description: 'for a comment on a pull request' },
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
  summary: 'what it does cost: so far, now, and a forecast, beside the estimate',
  description:
    'What an app does cost, by what CloudWatch counted times the price list: so far, in the last hour, and a forecast for the ' +
    'calendar month, by function and part, beside the estimate.',
  arguments: [APP],
  options: [since('7d'), ...DEPLOYED],
  examples: ['npx serverless-app cost', 'npx serverless-app cost Orders --since 24h --json'],
  load: async () => (await import('./commands/cost.js')).cost,
};

const ADVISE: CommandSpec = {
  name: 'advise',
  summary: 'what to change, by real figures, with what it saves',
  description:
    'What to change, by what really happened: memory, provisioned and reserved concurrency, timeouts, logs, idle functions, ' +
    'alarms. Each with the evidence, the saving, and the change of your own props. Reads Lambda’s reports by CloudWatch Logs ' +
    'Insights, which costs $0.005 for a GB of logs.',
  arguments: [APP],
  options: [since('14d'), ...DEPLOYED],
  examples: ['npx serverless-app advise', 'npx serverless-app advise Orders --since 4w'],
  load: async () => (await import('./commands/advise.js')).advise,
};

const FAILURES: CommandSpec = {
  name: 'failures',
  summary: 'what failed, why, and trying it again',
  description:
    'Events that a function could not process, in the failure queue and the failure bucket: what they were, why they failed, ' +
    'and trying them again.',
  examples: [
    'npx serverless-app failures list',
    'npx serverless-app failures show 3f2a',
    'npx serverless-app failures retry --all --function ImportOrders',
  ],
  commands: [
    {
      name: 'list',
      summary: 'failures by function and trigger, newest first',
      description:
        'Failures by function and trigger. The messages are hidden from other readers while they are listed, and visible again ' +
        'at the end; if the command is killed, after 5 minutes.',
      options: [
        FUNCTION,
        {
          flags: '--limit <count>',
          description: 'at most so many',
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
      summary: 'one failure with its error and its whole event',
      description: 'One failure with its error and its whole event.',
      arguments: [{ ...FAILURE_ID, required: true }],
      options: [ONE_APP, ...DEPLOYED],
      examples: ['npx serverless-app failures show 3f2a'],
      load: async () => (await import('./commands/failures-show.js')).failuresShow,
    },
    {
      name: 'retry',
      summary: 'run the function again on the original event',
      description:
        'Runs the function again on the original event, and removes the failure only when the function succeeded. Killed ' +
        'half-way it loses nothing; an event whose function had just succeeded may then be run once more.',
      arguments: [FAILURE_ID],
      options: [
        { flags: '--all', description: 'every failure' },
        FUNCTION,
        { flags: '--dry-run', description: 'only say what would be run' },
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
      summary: 'remove failures for good',
      description:
        'Removes failures for good, with their records in the failure bucket. Asks first.',
      arguments: [FAILURE_ID],
      options: [
        FUNCTION,
        { flags: '--yes', description: 'do not ask' },
        { flags: '--dry-run', description: 'only say what would be removed' },
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
  summary: 'the app’s log group, readable; cold starts and failures marked',
  description:
    'The app’s log group, with its JSON lines made readable, and cold starts and failures marked.',
  arguments: [{ name: 'function', description: 'id of a function (default: all)' }],
  options: [
    since('10m'),
    { flags: '--follow', description: 'go on until interrupted' },
    { flags: '--all', description: 'also the platform’s lines that say little' },
    ONE_APP,
    ...DEPLOYED,
  ],
  examples: ['npx serverless-app logs --since 1h', 'npx serverless-app logs CreateOrder --follow'],
  load: async () => (await import('./commands/logs.js')).logs,
};

const DOCTOR: CommandSpec = {
  name: 'doctor',
  summary: 'what this machine and account still need, with the fix',
  description:
    'Checks of this machine and account: the CDK’s command line, Node.js, esbuild, credentials, region, bootstrap, the tag for ' +
    'the budget, the limit of concurrency. Each with the fix. Exits with 1 where one failed.',
  options: DEPLOYED,
  examples: ['npx serverless-app doctor', 'npx serverless-app doctor --profile production'],
  load: async () => (await import('./commands/doctor.js')).doctor,
};

const REPORT: CommandSpec = {
  name: 'report',
  summary: 'one page: topology, cost by load, limits, defaults',
  description:
    'Writes `<app>.report.html`, one page that needs no network: what runs what, the cost by load, the limits on the way, the ' +
    'defaults in force. Prints its name.',
  arguments: [APP],
  options: [
    { flags: '--open', description: 'show it in the browser' },
    { flags: '--metrics', description: 'with real figures from CloudWatch' },
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

const COMPLETION: CommandSpec = {
  name: 'completion',
  summary: 'a script that completes commands and options in your shell',
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
  load: async () => (await import('./commands/completion.js')).completion,
};

export const COMMANDS: readonly CommandSpec[] = [
  DESCRIBE,
  ESTIMATE,
  DIFF,
  COST,
  ADVISE,
  FAILURES,
  LOGS,
  REPORT,
  DOCTOR,
  COMPLETION,
];

/** All but the version, which the package knows. */
export const PROGRAM = {
  name: 'serverless-app',
  commands: COMMANDS,
  examples: [
    'npx cdk synth -q && npx serverless-app describe',
    'npx serverless-app estimate --compare origin/main --max-increase 10%',
    'npx serverless-app failures list',
    'npx serverless-app logs CreateOrder --follow',
  ],
};
