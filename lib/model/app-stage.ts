/** The purpose of an app. It selects the column of the table of defaults. */
export enum AppStage {
  /** Data is kept, nothing is removed by accident, and schedules run. */
  PRODUCTION = 'production',

  /** Cheap and disposable: everything is removed with the stack, and schedules run only if enabled. */
  DEVELOPMENT = 'development',
}
