import { Join, STAGE, textOf, Value } from '../value';
import { quote } from '../write/print';

/** Stands for the stage inside an address. */
export const ANY = '\u0000';

/** The names that match a pattern that contains the stage, each with its stage. */
export function stagesIn(
  names: readonly string[],
  pattern: string,
): Array<readonly [string, string]> {
  const [before = '', after = ''] = pattern.split(ANY);
  return names.flatMap((name) =>
    name.startsWith(before) && name.endsWith(after) && name.length > before.length + after.length
      ? [[name.slice(before.length, name.length - after.length), name] as const]
      : [],
  );
}

/** An address as text, with a mark where the stage is. */
export function patternOf(address: Value): string | undefined {
  if (address instanceof Join) {
    const parts = address.parts.map((part) => (part === STAGE ? ANY : textOf(part)));
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  return address === STAGE ? ANY : textOf(address);
}

export function withStage(text: string): string {
  return text.includes(ANY) ? `\`${text.replaceAll(ANY, '${stage}')}\`` : quote(text).text;
}
