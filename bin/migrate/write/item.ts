/** A statement of app.ts, and what must stand before it. */
export interface Item {
  readonly id: string;
  readonly needs: readonly string[];
  readonly write: () => readonly string[];
}
