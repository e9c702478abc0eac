/** The share of asynchronous events, table changes and messages that end in a failure queue or bucket. */
export const FAILED_SHARE = 0.001;
