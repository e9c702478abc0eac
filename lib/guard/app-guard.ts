/** The effect of a finding. */
export enum GuardSeverity {
  /** Ends the synthesis, because AWS would reject the deployment. Cannot be acknowledged. */
  ERROR = 'error',

  /** Is printed and can be acknowledged. AWS would accept the app, but trouble would follow. */
  WARNING = 'warning',
}

/** A check of the app at synthesis. */
export interface AppGuard {
  /** `cdk-serverless-app:<what>`, used to acknowledge it. */
  readonly id: string;

  /** Severities of its findings. Some guards warn near a limit and fail above it. */
  readonly severities: GuardSeverity[];

  /** What it finds. */
  readonly summary: string;

  /** What would happen without it. */
  readonly reason: string;

  /** How to fix a finding. */
  readonly remedy: string;

  /**
   * When its warnings may be acknowledged.
   *
   * @default - it has only errors, which cannot be acknowledged
   */
  readonly acceptance?: string;

  /** The page that documents the limit. */
  readonly source: string;

  /** Its entry in the documentation. */
  readonly documentation: string;
}

/** What a guard found in an app. */
export interface AppFinding {
  /** The guard's id, `cdk-serverless-app:<what>`. */
  readonly id: string;

  /** An error ends the synthesis, a warning is printed. */
  readonly severity: GuardSeverity;

  /** The prop to change, as a path from the app, for example `functions.Resize.timeout`. */
  readonly prop: string;

  /** The rule, its limit with the source, the actual value and the remedy. */
  readonly message: string;

  /**
   * The reason given when the finding was acknowledged.
   *
   * @default - it was not acknowledged
   */
  readonly acknowledged?: string;
}
