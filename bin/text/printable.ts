/**
 * Control characters except tab and line feed, and the marks that reverse the direction of text. A terminal acts on them: they can
 * clear the screen, write to the clipboard (OSC 52), or display a different line.
 */
const CONTROLS =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The colours and weights that our own output uses. */
// eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
const STYLES = /(\x1b\[(?:[0-2]|22|3[0-9]|9[0-7])m)/;

/** Shows control characters of text from outside as `\u001b`, which JSON reads back as the same character. */
export function printable(text: string): string {
  return text.replaceAll(
    CONTROLS,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The last filter before the terminal: it passes our own styles, if there are any, and no other control sequence. */
export function guarded(text: string, styled: boolean): string {
  return styled
    ? text
        .split(STYLES)
        .map((part, i) => (i % 2 === 1 ? part : printable(part)))
        .join('')
    : printable(text);
}
