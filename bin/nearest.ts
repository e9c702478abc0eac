import { similar } from '../lib/props/nearest';

/** "did you mean …" with the most similar known word, if there is one. */
export function nearest(word: string, known: readonly string[]): string {
  const found = similar(word, known);
  return found === undefined ? 'see --help' : `did you mean \`${found}\`? See --help`;
}

const MOST_NAMES = 12;

/** The same for a name in the app, of which `--help` knows nothing: names what there is. */
export function nearestName(word: string, known: readonly string[]): string {
  const found = similar(word, known);
  const names = [...new Set(known)];
  return found !== undefined
    ? `did you mean \`${found}\`?`
    : names.length === 0
      ? 'the app has none'
      : `write one of ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ', …' : ''}`;
}
