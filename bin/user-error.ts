/** An error that is shown in one line, with a remedy. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
    /** 1 if the user can correct the cause, else 2. */
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
