/** Shortens text to a number of characters. The middle is removed, since ids differ at their ends. Wide ones (Chinese) count twice. */
export function shorten(text: string, letters: number): string {
  const all = Array.from(text);
  const size = (of: readonly string[]): number =>
    of.reduce((sum, letter) => sum + sizeOf(letter), 0);
  if (size(all) <= letters) {
    return text;
  }
  const [head, tail] = [all.slice(), [] as string[]];
  // Removes one character of the middle at a time, from the longer side.
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

/** The width of a character: 2 if it is wide, otherwise 1. */
export function sizeOf(letter: string): number {
  // Beyond European scripts, characters are about as wide as they are high.
  return (letter.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
}
