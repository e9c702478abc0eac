/**
 * The version of the format of `<app>.cost.json`. It increases when a reader of an earlier version could misread the file.
 *
 * @internal
 */
export const ESTIMATE_SCHEMA_VERSION = 1;

/**
 * The names of the usage levels, in ascending order.
 *
 * @internal
 */
export const LEVELS = ['low', 'moderate', 'high'] as const;

/**
 * The name of a usage level.
 *
 * @internal
 */
export type LevelName = (typeof LEVELS)[number];

/**
 * The monthly cost of an app as plain data: the format of `<app>.cost.json` in the cloud assembly, described by
 * `schema/cost.schema.json`.
 *
 * @internal
 */
export interface AppEstimate {
  readonly schemaVersion: number;
  readonly app: EstimatedApp;
  readonly prices: PricesUsed;
  /** Whether AWS's monthly free tier has been subtracted. */
  readonly freeTier: boolean;
  readonly levels: Readonly<Record<LevelName, LevelEstimate>>;
  /** The assumptions, in sentences. */
  readonly assumptions: readonly string[];
  /** What is not included, in sentences. */
  readonly notIncluded: readonly string[];
  /** Resources in the app's stack that cost money but that the estimate does not count: `2 secrets (Db, Keys)`. */
  readonly uncounted: readonly string[];
}

/** @internal */
export interface EstimatedApp {
  readonly id: string;
  readonly path: string;
  readonly stage: string;
  readonly stack: string;
}

/** @internal */
export interface PricesUsed {
  /** The region of the app, or `us-east-1` if it is known only at deployment. */
  readonly region: string;
  readonly currency: string;
  /** The date of the oldest price. */
  readonly date: string;
  /** The parts that use the prices of `us-east-1`, because those of the region are unknown. */
  readonly fallbacks: readonly string[];
}

/** The monthly cost of an app at one usage level. */
export interface LevelEstimate {
  /** The sum of the parts, in dollars. */
  readonly monthlyDollars: number;

  /** The parts of the sum, without those that cost nothing. */
  readonly parts: CostPart[];
}

/** One item of an estimate: a quantity and its price. */
export interface CostPart {
  /** The id in the price list, for example `lambda.requests`. */
  readonly price: string;

  /** The service, for example `lambda`. */
  readonly service: string;

  /** What is billed, as text. */
  readonly what: string;

  /**
   * The id of the billed function, table, bucket or other resource.
   *
   * @default - the app as a whole
   */
  readonly resource?: string;

  /** The quantity in a month. */
  readonly quantity: number;

  /** The unit, for example `requests`. */
  readonly unit: string;

  /** Dollars per unit; for a price with tiers, the average. */
  readonly unitPrice: number;

  /** Dollars a month, in whole millionths. */
  readonly dollars: number;
}
