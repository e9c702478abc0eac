/** One line of the benchmark: what is compared, and the target. */
export interface Figure {
  /** Stable: `--only` and readers of the JSON use it. */
  readonly id: string;
  readonly description: string;
  readonly unit: 'ms' | 'ms a function' | 'MB' | 'resources';
  /** How the ratio is calculated. `faster`: theirs divided by ours, more is better; `share`: ours divided by theirs, less is better. */
  readonly as: 'faster' | 'share';
  /** The ratio to reach. A figure without a target is only for information. */
  readonly target?: number;
  readonly goal?: number;
}

/** The two sides of a figure. If a figure compares two states of one side, `theirs` is the state that it is measured against. */
export interface Sides {
  readonly ours: number;
  readonly theirs: number;
}

/** A line of the JSON. This shape is stable, and missing values are null. */
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
