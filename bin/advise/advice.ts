/** A recommended change (schema/cli/advise.schema.json). */
export interface Advice {
  /** `memory`, `provisioned`, `reserved`, `timeout`, `logs`, `idle`, `alarm`. */
  readonly about: string;
  /** One sentence. */
  readonly advice: string;
  /** The figures behind it. */
  readonly evidence: string;
  /** Dollars a month that the change saves; negative if the change costs money. Absent if unknown. */
  readonly monthlySaving?: number;
  /** The prop to change. */
  readonly change?: PropChange;
}

export interface PropChange {
  /** The construct path of the function, or of the app. */
  readonly path: string;
  readonly prop: string;
  /** In TypeScript; absent if the prop was not set. */
  readonly from?: string;
  /** Absent if the prop should be removed. */
  readonly to?: string;
}

/** A recommendation that needs more data. */
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
