import { parseArgs } from 'node:util';
import {
  AppModel,
  ColdStartFacts,
  FunctionFacts,
  RolloutFacts,
  TriggerFacts,
} from '../../lib/app-model';
import { readModels, select } from '../assembly';
import { nearest } from '../nearest';
import { UserError } from '../user-error';

export const DESCRIBE_HELP = `Usage: serverless-app describe [app] [options]

What runs what, what it may touch, and where failures go; of all apps of the cloud assembly, or of the one with that
id or path.

Options:
  --assembly <folder>   the cloud assembly (default: cdk.out)
  --json                the models as JSON (schema/serverless-app.schema.json)

Examples:
  npx serverless-app describe
  npx serverless-app describe Orders --json
`;

const OPTIONS = {
  assembly: { type: 'string', default: 'cdk.out' },
  json: { type: 'boolean', default: false },
} as const;

/** The text for standard output. */
export function describe(args: string[]): string {
  const { app, assembly, json } = parse(args);
  const models = select(readModels(assembly), app);
  return json ? `${JSON.stringify(models, undefined, 2)}\n` : models.map(formatApp).join('\n');
}

interface DescribeArgs {
  readonly app?: string;
  readonly assembly: string;
  readonly json: boolean;
}

function parse(args: string[]): DescribeArgs {
  const known = Object.keys(OPTIONS).map((name) => `--${name}`);
  const { tokens } = parseArgs({
    args,
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const positionals: string[] = [];
  let assembly: string = OPTIONS.assembly.default;
  let json: boolean = OPTIONS.json.default;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      positionals.push(token.value);
    } else if (token.kind === 'option') {
      if (token.rawName === '--assembly') {
        assembly = requireFolder(token.value);
      } else if (token.rawName === '--json') {
        refuseValue(token.value);
        json = true;
      } else {
        throw new UserError(
          `there is no option \`${token.rawName}\``,
          nearest(token.rawName, known),
        );
      }
    }
  }
  if (positionals.length > 1) {
    throw new UserError(
      `one app at most, got ${positionals.join(', ')}`,
      'leave it out for all apps',
    );
  }
  return { app: positionals[0], assembly, json };
}

/** The next option is not a folder: `--assembly --json`. */
function requireFolder(value: string | undefined): string {
  if (value === undefined || value === '' || value.startsWith('-')) {
    throw new UserError(
      '`--assembly` must be followed by a folder',
      'write for example `--assembly cdk.out`, or leave it out',
    );
  }
  return value;
}

function refuseValue(value: string | undefined): void {
  if (value !== undefined) {
    throw new UserError(`\`--json\` must have no value, got \`${value}\``, 'write `--json` alone');
  }
}

/** One app as lines of text. */
export function formatApp(model: AppModel): string {
  const rows = model.functions.flatMap(functionRows);
  const widths = [0, 1].map((column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const failures = [
    model.failureQueue === undefined ? [] : [`failed events go to ${model.failureQueue.id}`],
    model.failureBucket === undefined
      ? []
      : [`failed table changes go to ${model.failureBucket.id}`],
  ].flat();
  const { path, stage, shards } = model.app;
  return [
    `${path} (${stage}${shards === undefined ? '' : `, ${shards} shard${shards === 1 ? '' : 's'}`})`,
    ...[...lines, ...failures].map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** One row a trigger; what the function may touch stands in the first. */
function functionRows(fn: FunctionFacts): string[][] {
  const events = fn.triggers.length === 0 ? ['nothing runs it'] : fn.triggers.map(describeTrigger);
  const access = fn.access
    .map(({ level, path }) => `${VERBS[level] ?? level} ${lastPart(path)}`)
    .join(', ');
  const how = [describeColdStart(fn.coldStart), describeRollout(fn.rollout)];
  const more = [access, ...how].filter((part) => part !== '').join('; ');
  return events.map((event, i) => (i === 0 ? [fn.id, event, more] : ['', event]));
}

function describeColdStart({ kind, min, max, schedules = [] }: ColdStartFacts): string {
  if (kind === 'provisioned') {
    const units = [min, max].filter((bound) => bound !== undefined).map(number);
    return `${units.join(' to ')} ready${schedules.length > 0 ? ', by schedule' : ''}`;
  }
  return kind === 'snapStart' ? 'from a snapshot' : '';
}

function describeRollout({ kind, percent, intervalMinutes }: RolloutFacts): string {
  if (percent === undefined || intervalMinutes === undefined) {
    return '';
  }
  const [share, minutes] = [number(percent), number(intervalMinutes)];
  return kind === 'linear'
    ? `${share} % more every ${minutes} min`
    : `${share} % for ${minutes} min, then all`;
}

/** What is known only at deployment is an expression. */
function number(value: unknown): string {
  return typeof value === 'number' ? String(value) : '?';
}

const VERBS: Readonly<Record<string, string>> = {
  read: 'reads',
  write: 'writes',
  readWrite: 'reads and writes',
  send: 'sends to',
  publish: 'publishes to',
};

function describeTrigger({ kind, source, details }: TriggerFacts): string {
  switch (kind) {
    case 'http':
      return `${source}${details['authorization'] === 'NONE' ? ' (open)' : ''}`;
    case 'tableChanges':
      return `changes of ${lastPart(source)}`;
    case 'objectCreated': {
      const keys = `${text(details['prefix'])}*${text(details['suffix'])}`;
      return `objects of ${lastPart(source)}${keys === '*' ? '' : ` (${keys})`}`;
    }
    case 'schedule':
      return `${source} ${text(details['timeZone'])}${details['enabled'] === false ? ' (off)' : ''}`;
    default:
      return `${kind}: ${source}`;
  }
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
