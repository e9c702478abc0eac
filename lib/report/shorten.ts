/** Shortens a text to a number of letters. The middle goes, since ids differ at their ends. Wide letters, as in Chinese, count twice. */
export function shorten(text: string, letters: number): string {
  const all = Array.from(text);
  const size = (of: readonly string[]): number =>
    of.reduce((sum, letter) => sum + sizeOf(letter), 0);
  if (size(all) <= letters) {
    return text;
  }
  const [head, tail] = [all.slice(), [] as string[]];
  // One letter of the middle goes at a time, from the longer side.
  tail.push(...head.splice(Math.ceil(all.length / 2)));
  while (size(head) + size(tail) + 1 > letters && head.length > 0) {
    if (size(head) > size(tail)) {
      head.pop();
    } else {
      tail.shift();
    }
  }
  return `${head.join('')}…${tail.join('')}`;
}

/** The letters that a letter takes the room of. */
export function sizeOf(letter: string): number {
  // Above European scripts letters are about as wide as high.
  return (letter.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
}
