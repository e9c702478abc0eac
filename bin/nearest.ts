import { similar } from '../lib/props/nearest';

/** "did you mean …" with the most similar known word, if there is one. */
export function nearest(word: string, known: readonly string[]): string {
  const found = similar(word, known);
  return found === undefined ? 'see --help' : `did you mean \`${found}\`? See --help`;
}
