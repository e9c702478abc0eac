import { nearest as nearestOf } from '../lib/props/nearest';

/** "did you mean …" with the known word that is most similar. */
export function nearest(word: string, known: readonly string[]): string {
  const found = nearestOf(word, known);
  return found === undefined ? 'see --help' : `did you mean \`${found}\`? See --help`;
}
