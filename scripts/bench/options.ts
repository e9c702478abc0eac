import { parseArgs } from 'node:util';
import { BenchOptions, Group } from './figure';

export interface CliOptions extends BenchOptions {
  readonly json: boolean;
  readonly write: boolean;
  /** The ids of the figures to print; all figures if it is not given. */
  readonly only?: ReadonlySet<string>;
}

/** Refuses unknown options: a misspelt one would waste a quarter of an hour. */
export function parseOptions(args: string[], groups: readonly Group[]): CliOptions {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '3' },
      functions: { type: 'string', default: '150' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const options = {
    rounds: positive('rounds', values.rounds),
    functions: positive('functions', values.functions),
    json: values.json,
    write: values.write,
  };
  if (values.only === undefined) {
    return options;
  }
  if (values.write) {
    throw new Error('`--write` needs all figures, got `--only`; leave one of them out');
  }
  return { ...options, only: idsOf(values.only.split(','), groups, options) };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`\`--${name}\` must be a whole number from 1, got ${text}`);
  }
  return value;
}

/** A group's name stands for all figures of the group. */
function idsOf(
  names: readonly string[],
  groups: readonly Group[],
  options: BenchOptions,
): ReadonlySet<string> {
  const known = new Map<string, string[]>();
  for (const group of groups) {
    const ids = group.figures(options).map(({ id }) => id);
    ids.forEach((id) => known.set(id, [id]));
    known.set(group.name, ids);
  }
  return new Set(
    names.flatMap((name) => {
      const ids = known.get(name);
      if (ids === undefined) {
        throw new Error(
          `\`--only\` must name figures or groups of them, got ${name}; there are ${[...known.keys()].join(', ')}`,
        );
      }
      return ids;
    }),
  );
}
