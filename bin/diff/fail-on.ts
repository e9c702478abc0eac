import { nearest } from '../nearest';
import { UserError } from '../user-error';
import type { Difference } from './difference';
import { FINDING_KINDS, FindingKind } from './finding';

/** `data-loss,will-fail`. */
export function parseFailOn(text: string | undefined): FindingKind[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => {
      const kind = FINDING_KINDS.find((known) => known === word);
      if (kind === undefined) {
        throw new UserError(
          `\`--fail-on\` must name kinds of findings, got \`${word}\``,
          `${nearest(word, [...FINDING_KINDS])}; the kinds are ${FINDING_KINDS.join(', ')}`,
        );
      }
      return kind;
    });
}

/** Sentences with the number of findings of each forbidden kind. */
export function failures({ stacks }: Difference, kinds: readonly FindingKind[]): string[] {
  return kinds.flatMap((kind) => {
    const found = stacks.flatMap(({ findings }) => findings.filter((one) => one.kind === kind));
    return found.length === 0 ? [] : `${found.length} of ${kind}, which --fail-on does not allow`;
  });
}
