/** Determines how a function runs a module whose default export has `fetch`. */
export interface WebRules {
  /** Whether its triggers stream responses. */
  readonly stream?: boolean;
  /** Why the function cannot run such a module. */
  readonly problem?: string;
}
