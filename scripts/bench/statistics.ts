export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The median of each named value over all samples. */
export function medians<K extends string>(
  samples: ReadonlyArray<Readonly<Record<K, number>>>,
): Record<K, number> {
  const names = Object.keys(samples[0] ?? {}) as K[];
  const entries = names.map((name) => [name, median(samples.map((sample) => sample[name]))]);
  return Object.fromEntries(entries) as Record<K, number>;
}

export function repeat<T>(times: number, sample: (round: number) => T): T[] {
  return Array.from({ length: times }, (_, round) => sample(round));
}
