/** What a guard's finding does. */
export enum GuardSeverity {
  /** It ends the synthesis: AWS would refuse the deployment. It cannot be acknowledged. */
  ERROR = 'error',

  /** It is told, and can be acknowledged: AWS would take it, and it would cost later. */
  WARNING = 'warning',
}

/** Something that an app is checked for at synthesis. */
export interface AppGuard {
  /** `cdk-serverless-app:<what>`, by which it is acknowledged. */
  readonly id: string;

  /** What its findings are; some guards warn near a limit and refuse what is above it. */
  readonly severities: GuardSeverity[];

  /** What it looks for. */
  readonly summary: string;

  /** What would happen without it. */
  readonly reason: string;

  /** What to do about a finding. */
  readonly remedy: string;

  /**
   * When its warnings may be accepted.
   *
   * @default - it has only errors, which cannot be accepted
   */
  readonly acceptance?: string;

  /** Where AWS, or whoever sets the limit, says so. */
  readonly source: string;

  /** Its entry in the documentation. */
  readonly documentation: string;
}

/** What a guard found in an app. */
export interface AppFinding {
  /** The guard's id, `cdk-serverless-app:<what>`. */
  readonly id: string;

  /** An error ends the synthesis, a warning is told. */
  readonly severity: GuardSeverity;

  /** The prop to change, as a path from the app, for example `functions.Resize.timeout`. */
  readonly prop: string;

  /** Rule, limit and its source, what was got, and the remedy. */
  readonly message: string;

  /**
   * The reason with which the finding was accepted.
   *
   * @default - it was not accepted
   */
  readonly acknowledged?: string;
}
