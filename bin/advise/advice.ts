/** A change that real figures speak for (schema/cli/advise.schema.json). */
export interface Advice {
  /** `memory`, `provisioned`, `reserved`, `timeout`, `logs`, `idle`, `alarm`. */
  readonly about: string;
  /** In a sentence. */
  readonly advice: string;
  /** The figures that it follows from. */
  readonly evidence: string;
  /** Dollars a month that the change saves; below 0 where it costs. Absent where that cannot be said. */
  readonly monthlySaving?: number;
  /** The change of the user's own props. */
  readonly change?: PropChange;
}

export interface PropChange {
  /** The construct path of the function, or of the app. */
  readonly path: string;
  readonly prop: string;
  /** As it is written in TypeScript; absent where the prop was left out. */
  readonly from?: string;
  /** Absent where the prop is to be left out. */
  readonly to?: string;
}

/** What cannot be said yet, and how much more it takes. */
export interface Missing {
  readonly about: string;
  readonly of: string;
  readonly text: string;
}

export interface AdviceOf {
  readonly advice: readonly Advice[];
  readonly missing: readonly Missing[];
}

export function merged(...all: readonly AdviceOf[]): AdviceOf {
  return {
    advice: all.flatMap(({ advice }) => advice),
    missing: all.flatMap(({ missing }) => missing),
  };
}

export const NOTHING: AdviceOf = { advice: [], missing: [] };
