/**
 * No name is that long. Only the beginning of longer text is compared, because the time grows with the square of the length.
 */
const MAX_COMPARED = 64;

/** The known word that was probably meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const from = word.slice(0, MAX_COMPARED).toLowerCase();
  const ranked = known.map((name) => ({ name, rank: rank(from, name.toLowerCase()) }));
  return ranked.sort((a, b) => a.rank - b.rank)[0]?.name;
}

/** The known word that was probably meant, unless none is similar: a wild guess is worse than none. */
export function similar(word: string, known: readonly string[]): string | undefined {
  const found = nearest(word, known);
  if (found === undefined) {
    return undefined;
  }
  const [from, to] = [word.slice(0, MAX_COMPARED).toLowerCase(), found.toLowerCase()];
  const longest = Math.max(from.length, to.length);
  return rank(from, to) <= Math.max(1, longest * SIMILAR) ? found : undefined;
}

/** “did you mean `x`?”, or the other remedy if no known word is similar. */
export function didYouMean(word: string, known: readonly string[], otherwise: string): string {
  const found = similar(word, known);
  return found === undefined ? otherwise : `did you mean \`${found}\`?`;
}

/** The share of differing letters up to which two words are similar. */
const SIMILAR = 0.4;

/** The largest number of differing letters that still counts as a typo. */
const TYPO = 2;

/** Beyond typos, a name that contains the word (`dynamoStream` for `stream`) is a better guess than one of similar letters. */
function rank(from: string, to: string): number {
  const letters = distance(from, to);
  const contains = from.length > TYPO && (to.includes(from) || from.includes(to));
  return letters > TYPO && contains ? TYPO + letters / 100 : letters;
}

/** The number of letters to insert, remove or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
