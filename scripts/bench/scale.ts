import { Figure, BenchOptions, Group, progress, Sides } from './figure';
import { Synthesis, synthesize } from './sides';
import { medians, repeat } from './statistics';
import { Workspace } from './workspace';

const SIZES = [100, 250, 500, 1000] as const;
const [SMALLEST] = SIZES;
const LARGEST = 1000;
/** A function of the benchmark has 3 resources, so a shard has about 150. The hash of the ids distributes functions unevenly. */
const FUNCTIONS_A_SHARD = 50;

/** Growth: the same app with more functions, in nested stacks, against plain L2s with inline code in as many nested stacks. */
export const SCALE: Group = { name: 'scale', figures, measure };

function figures(): Figure[] {
  return [
    ...SIZES.flatMap((size) => figuresAt(size)),
    {
      id: 'scale-linear',
      description: `unchanged synth in nested stacks: time per function with ${thousands(LARGEST)} functions, compared with ${SMALLEST} functions`,
      unit: 'ms a function',
      as: 'share',
      target: 1.3,
    },
    {
      id: 'scale-linear-cold',
      description: 'the same, cold (first round only)',
      unit: 'ms a function',
      as: 'share',
      target: 1.3,
    },
  ];
}

function figuresAt(size: number): Figure[] {
  const what = `${thousands(size)} functions in ${shardsFor(size)} nested stacks`;
  return [
    {
      id: `scale-time-${size}`,
      description: `unchanged synth of ${what}, compared with inline code`,
      unit: 'ms a function',
      as: 'share',
    },
    {
      id: `scale-cold-${size}`,
      description: `cold synth of ${what} (first round only), compared with inline code`,
      unit: 'ms a function',
      as: 'share',
    },
    {
      id: `scale-memory-${size}`,
      description: `peak memory of the unchanged synth of ${what}, compared with inline code`,
      unit: 'MB',
      as: 'share',
      ...(size === LARGEST ? { target: 1.5 } : {}),
    },
    {
      id: `scale-memory-cold-${size}`,
      description: `peak memory of the cold synth of ${what} (first round only), compared with inline code`,
      unit: 'MB',
      as: 'share',
    },
  ];
}

/** All sizes in turn in each round, so that other load on the machine does not look like growth. */
function measure({ rounds }: BenchOptions): Record<string, Sides> {
  const apps = SIZES.map((size) => ({
    size,
    shards: shardsFor(size),
    workspace: new Workspace(size),
  }));
  try {
    const cold = apps.map(({ size, shards, workspace }) => {
      progress(`${size} functions in ${shards} nested stacks, cold`);
      return synthesize(workspace, 'ours', { shards });
    });
    const samples = repeat(rounds, (round) => {
      progress(`${SIZES.join(', ')} functions, round ${round + 1} of ${rounds}`);
      return apps.map(({ shards, workspace }) => ({
        unchanged: synthesize(workspace, 'ours', { again: true, shards }),
        inline: synthesize(workspace, 'inline', { again: true, shards }),
      }));
    });
    return sidesOf(
      apps.map(({ size }, i) => ({
        size,
        cold: medianOf(cold.slice(i, i + 1)),
        unchanged: medianOf(samples.flatMap((sample) => sample[i]?.unchanged ?? [])),
        inline: medianOf(samples.flatMap((sample) => sample[i]?.inline ?? [])),
      })),
    );
  } finally {
    apps.forEach(({ workspace }) => {
      workspace.remove();
    });
  }
}

interface Times {
  readonly size: number;
  readonly cold: Synthesis;
  readonly unchanged: Synthesis;
  readonly inline: Synthesis;
}

function sidesOf(sizes: readonly Times[]): Record<string, Sides> {
  const aFunction = (size: number, kind: 'cold' | 'unchanged'): number =>
    (sizes.find((times) => times.size === size)?.[kind].ms ?? Number.NaN) / size;
  return {
    ...Object.fromEntries(sizes.flatMap((times) => Object.entries(sidesAt(times)))),
    'scale-linear': {
      ours: aFunction(LARGEST, 'unchanged'),
      theirs: aFunction(SMALLEST, 'unchanged'),
    },
    'scale-linear-cold': { ours: aFunction(LARGEST, 'cold'), theirs: aFunction(SMALLEST, 'cold') },
  };
}

function medianOf(samples: readonly Synthesis[]): Synthesis {
  return medians(samples.map(({ ms, mb }) => ({ ms, mb })));
}

function sidesAt({ size, cold, unchanged, inline }: Times): Record<string, Sides> {
  return {
    [`scale-time-${size}`]: { ours: unchanged.ms / size, theirs: inline.ms / size },
    [`scale-cold-${size}`]: { ours: cold.ms / size, theirs: inline.ms / size },
    [`scale-memory-${size}`]: { ours: unchanged.mb, theirs: inline.mb },
    [`scale-memory-cold-${size}`]: { ours: cold.mb, theirs: inline.mb },
  };
}

function shardsFor(size: number): number {
  return Math.ceil(size / FUNCTIONS_A_SHARD);
}

function thousands(value: number): string {
  return value.toLocaleString('en-US');
}
