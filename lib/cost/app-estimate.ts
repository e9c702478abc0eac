/**
 * The version of the form of `<app>.cost.json`: raised when a reader of an earlier one could misread this one.
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
 * What an app costs a month, as plain data: the form of `<app>.cost.json` in the cloud assembly, described by
 * `schema/cost.schema.json`.
 *
 * @internal
 */
export interface AppEstimate {
  readonly schemaVersion: number;
  readonly app: EstimatedApp;
  readonly prices: PricesUsed;
  /** Whether what AWS gives every account for nothing each month has been taken off. */
  readonly freeTier: boolean;
  readonly levels: Readonly<Record<LevelName, LevelEstimate>>;
  /** What was taken for granted, in sentences. */
  readonly assumptions: readonly string[];
  /** What the app may cost beyond this, in sentences. */
  readonly notIncluded: readonly string[];
  /** What is in the app's stack and costs money, and what the estimate does not count: `2 secrets (Db, Keys)`. */
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
  /** The region that the app is deployed to, or `us-east-1` where that is known only at deployment. */
  readonly region: string;
  readonly currency: string;
  /** When the oldest of the prices was read. */
  readonly date: string;
  /** The parts of the estimate that are counted at the prices of `us-east-1`, since those of the region are not known. */
  readonly fallbacks: readonly string[];
}

/** What an app costs a month at one usage level. */
export interface LevelEstimate {
  /** The sum of the parts, in dollars. */
  readonly monthlyDollars: number;

  /** What the sum consists of; nothing that costs nothing. */
  readonly parts: CostPart[];
}

/** One line of an estimate: so many units at such a price. */
export interface CostPart {
  /** The price, as the price list calls it, for example `lambda.requests`. */
  readonly price: string;

  /** The service, for example `lambda`. */
  readonly service: string;

  /** What is paid for, in words. */
  readonly what: string;

  /**
   * The id of the function, table, bucket and so on that it is of.
   *
   * @default - the app as a whole
   */
  readonly resource?: string;

  /** How many units a month. */
  readonly quantity: number;

  /** What is counted, for example `requests`. */
  readonly unit: string;

  /** Dollars a unit; where the price has tiers, the average of the app. */
  readonly unitPrice: number;

  /** Dollars a month, in whole millionths. */
  readonly dollars: number;
}
