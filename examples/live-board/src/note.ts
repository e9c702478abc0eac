/** A note on the board. */
export interface Note {
  readonly id: string;
  readonly text: string;
  readonly by: string;
}

/** What clients get when a note changes. */
export type Change =
  { readonly kind: 'put'; readonly note: Note } | { readonly kind: 'removed'; readonly id: string };

const LONGEST = 500;

/** The note in a message of a client, or what is wrong with it. */
export function parseNote(body: string, by: string): Note | string {
  const { id, text } = JSON.parse(body) as { id?: unknown; text?: unknown };
  if (typeof id !== 'string' || id === '' || typeof text !== 'string') {
    return 'a note has an `id` and a `text`';
  }
  return text.length > LONGEST ? `a note has at most ${LONGEST} characters` : { id, text, by };
}
