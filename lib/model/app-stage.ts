/**
 * What an app is for. It chooses the column of the table of defaults that applies.
 */
export enum AppStage {
  /** Data is kept, nothing is removed by accident, schedules run. */
  PRODUCTION = 'production',

  /** Cheap and disposable: everything goes with the stack, schedules rest until asked for. */
  DEVELOPMENT = 'development',
}
