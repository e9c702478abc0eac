import { DEPLOYED, JSON_OUTPUT, ONE_APP } from './command-options';
import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec';

const EVENT: OptionSpec = {
  flags: '--event <file>',
  description:
    'file with the event as JSON, name of a saved event, or - for standard input (default: a typical event of its trigger)',
  example: '--event order.json',
};
const SAVE: OptionSpec = {
  flags: '--save <name>',
  description: 'save the event as events/<name>.json, for `--event <name>`',
  example: '--save large-order',
};
const TAIL: OptionSpec = { flags: '--tail', description: 'show the end of its log' };
const PRINT: OptionSpec = { flags: '--print', description: 'only print the event' };
const FUNCTION_ID: ArgumentSpec = {
  name: 'function',
  description: 'id of the function',
  required: true,
};
const TRIGGER: ArgumentSpec = {
  name: 'trigger',
  description: 'id of the function, or the trigger as `describe` shows it: "GET /orders"',
  required: true,
};
const jsonArgument = (what: string): ArgumentSpec => ({
  name: 'json',
  description: `${what} as JSON, or - for standard input`,
  required: true,
});

const DEV_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'invoke',
    summary: 'run a function on an event',
    description:
      'Runs a function of the app that `dev` runs in this folder, and prints its result.',
    arguments: [FUNCTION_ID],
    options: [EVENT, SAVE, TAIL, ONE_APP],
    examples: ['npx serverless-app dev invoke CreateOrder --event order.json'],
    load: async () => (await import('./commands/invoke.js')).devInvoke,
  },
  {
    name: 'fire',
    summary: 'run a function on a typical event of its trigger',
    description:
      'Runs a function of the app that `dev` runs on a typical event of its trigger. --print shows the event, so that you can save and change it ' +
      'for `dev invoke`.',
    arguments: [TRIGGER],
    options: [EVENT, PRINT, SAVE, TAIL, ONE_APP],
    examples: ['npx serverless-app dev fire CloseDay', 'npx serverless-app dev fire "GET /orders"'],
    load: async () => (await import('./commands/invoke.js')).devFire,
  },
  {
    name: 'upload',
    summary: 'upload a file to a bucket',
    description:
      'Uploads a file to a bucket of the app that `dev` runs, which triggers the functions that listen to the bucket.',
    arguments: [
      { name: 'bucket', description: 'id of the bucket', required: true },
      { name: 'file', description: 'the file', required: true },
    ],
    options: [
      {
        flags: '--key <key>',
        description: 'key of the object (default: the file’s name)',
        example: '--key uploads/2026-01-15.csv',
      },
      ONE_APP,
    ],
    examples: ['npx serverless-app dev upload Uploads orders.csv --key uploads/orders.csv'],
    load: async () => (await import('./commands/dev-data.js')).devUpload,
  },
  {
    name: 'put',
    summary: 'put an item into a table',
    description:
      'Puts an item into a table of the app that `dev` runs, which triggers the functions that listen to its changes.',
    arguments: [
      { name: 'table', description: 'id of the table', required: true },
      jsonArgument('the item'),
    ],
    options: [ONE_APP],
    examples: [`npx serverless-app dev put Orders '{"id": "1", "customer": "ada"}'`],
    load: async () => (await import('./commands/dev-data.js')).devPut,
  },
  {
    name: 'send',
    summary: 'send a message to a queue',
    description: 'Sends a message to a queue of the app that `dev` runs.',
    arguments: [
      { name: 'queue', description: 'id of the queue', required: true },
      jsonArgument('the message'),
    ],
    options: [ONE_APP],
    examples: [`npx serverless-app dev send Jobs '{"id": "1"}'`],
    load: async () => (await import('./commands/dev-data.js')).devSend,
  },
  {
    name: 'open',
    summary: 'open the report with live counts',
    description:
      'Opens the report on the app that `dev` runs in this folder in the browser, with the invocations, failures and last duration of ' +
      'each function as they happen. Prints its address, which contains a secret and is valid while `dev` runs.',
    options: [{ flags: '--print', description: 'only print the address' }, ONE_APP],
    examples: ['npx serverless-app dev open'],
    load: async () => (await import('./commands/dev-open.js')).devOpen,
  },
];

export const INVOKE: CommandSpec = {
  name: 'invoke',
  summary: 'run a deployed function on an event',
  description:
    'Runs a function of the deployed app on an event, through its alias if it has one, and prints its result. Shows what the call ' +
    'cost. Exits with 1 if the function fails.',
  arguments: [FUNCTION_ID],
  options: [EVENT, SAVE, TAIL, ONE_APP, ...DEPLOYED.filter((option) => option !== JSON_OUTPUT)],
  examples: [
    'npx serverless-app invoke CreateOrder --event order.json --tail',
    'cat order.json | npx serverless-app invoke CreateOrder --event -',
  ],
  load: async () => (await import('./commands/invoke.js')).invoke,
};

export const FIRE: CommandSpec = {
  name: 'fire',
  summary: 'run a deployed function on a typical event of its trigger',
  description:
    'Runs a function of the deployed app on a typical event of its trigger, through its alias if it has one. --print only shows the ' +
    'event.',
  arguments: [TRIGGER],
  options: [
    EVENT,
    PRINT,
    SAVE,
    TAIL,
    ONE_APP,
    ...DEPLOYED.filter((option) => option !== JSON_OUTPUT),
  ],
  examples: [
    'npx serverless-app fire CloseDay --tail',
    'npx serverless-app fire "GET /orders" --print',
  ],
  load: async () => (await import('./commands/invoke.js')).fire,
};

export const DEV: CommandSpec = {
  name: 'dev',
  summary: 'run the whole app on this machine, live',
  description:
    'Runs the whole app on this machine, without an account and without Docker: deploys it with the CDK to an AWS emulator, runs its ' +
    'functions from their sources, and follows changes. A changed handler answers in a tenth of a second; changed ' +
    'infrastructure is deployed again. Needs Python 3.10 or newer for the emulator, which is installed once.',
  options: [
    {
      flags: '--app <name>',
      description: 'only this app, if the cloud assembly has several',
      example: '--app Orders',
    },
    { flags: '--fresh', description: 'delete the data of earlier runs' },
    {
      flags: '--port <number>',
      description: 'port of the app’s API (default: 3000, or the next free one)',
      example: '--port 3000',
    },
    {
      flags: '--inspect',
      description: 'let a debugger attach to each function; each has its own port, from 9229 on',
    },
    { flags: '--enforce-iam', description: 'deny calls that the functions have no permission for' },
    {
      flags: '--endpoint <url>',
      description: 'use a running emulator (default: $AWS_ENDPOINT_URL, else `dev` starts one)',
      example: '--endpoint http://127.0.0.1:4566',
    },
  ],
  examples: [
    'npx serverless-app dev',
    'npx serverless-app dev --enforce-iam --inspect',
    'npx serverless-app dev fire CloseDay',
  ],
  commands: DEV_COMMANDS,
  load: async () => (await import('./commands/dev.js')).dev,
};
