/** A statement of app.ts, and the items that must come before it. */
export interface Item {
  readonly id: string;
  readonly needs: readonly string[];
  readonly write: () => readonly string[];
}
