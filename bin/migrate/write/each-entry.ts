import type { Node } from './print';
import { attempt, Scope } from './scope';

/** The entries that can be expressed. Each of the others is left out alone, with a note. */
export function eachEntry(
  entries: Readonly<Record<string, () => Node | undefined>>,
  scope: Scope,
  at: string,
): Record<string, Node | undefined> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, make]) => {
      const [node] = attempt(make, (reason) => {
        scope.note('lost', at, `the setting \`${name}\` is not carried over: ${reason}`);
      });
      return [name, node];
    }),
  );
}
