/** One line of the bench: what is compared, and what it is to be. */
export interface Figure {
  /** Stable; `--only` and the readers of the JSON go by it. */
  readonly id: string;
  readonly description: string;
  readonly unit: 'ms' | 'ms a function' | 'MB';
  /** How the ratio is built. `faster`: theirs by ours, more is better; `share`: ours by theirs, less is better. */
  readonly as: 'faster' | 'share';
  /** What the ratio is to reach; without it the figure only informs. */
  readonly target?: number;
  readonly goal?: number;
}

/** The two sides of a figure. Where a figure compares two states of one side, the second is the one that is the measure. */
export interface Sides {
  readonly ours: number;
  readonly theirs: number;
}

/** A line of the JSON; this shape is stable, and what there is not is null. */
export interface Result extends Sides {
  readonly id: string;
  readonly description: string;
  readonly unit: Figure['unit'];
  readonly as: Figure['as'];
  readonly ratio: number;
  readonly target: number | null;
  readonly goal: number | null;
  /** Whether the ratio reaches the target. */
  readonly met: boolean | null;
}

export interface BenchOptions {
  readonly rounds: number;
  readonly functions: number;
}

/** Figures that are measured together. */
export interface Group {
  readonly name: string;
  figures(options: BenchOptions): readonly Figure[];
  /** The sides by the figure's id. */
  measure(options: BenchOptions): Readonly<Record<string, Sides>>;
}

export function resultOf(figure: Figure, { ours, theirs }: Sides): Result {
  const { id, description, unit, as, target, goal } = figure;
  const ratio = as === 'faster' ? theirs / ours : ours / theirs;
  return {
    id,
    description,
    ours: round(ours, 2),
    theirs: round(theirs, 2),
    unit,
    as,
    ratio: round(ratio, 3),
    target: target ?? null,
    goal: goal ?? null,
    met: target === undefined ? null : as === 'faster' ? ratio >= target : ratio <= target,
  };
}

export function progress(text: string): void {
  process.stderr.write(`-- ${text}\n`);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
