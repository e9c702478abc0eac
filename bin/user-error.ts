/** A mistake of the user's: one line, and what to do about it. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}
