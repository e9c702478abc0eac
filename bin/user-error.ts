/** A mistake of the user's: one line, and what to do about it. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
    /** 1 for the user's mistake, 2 for what is not. */
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
