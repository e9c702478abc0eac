import { formatComparison } from '../estimate/format';
import type { Colors } from '../io';
import { count } from '../text/count';
import type { Difference, StackChange } from './difference';
import { FINDING_KINDS } from './finding';
import { DANGEROUS, HEADINGS } from './kinds-in-words';

/** For a terminal. */
export function formatDifference({ stacks, costs = [] }: Difference, colors: Colors): string {
  return [
    ...stacks.map((stack) => formatStack(stack, colors)),
    ...costs
      .filter(({ parts }) => parts.length > 0)
      .map(({ app, ...comparison }) => formatComparison(app, comparison, colors)),
  ].join('\n');
}

function formatStack(stack: StackChange, colors: Colors): string {
  const sections = FINDING_KINDS.flatMap((kind) => {
    const findings = stack.findings.filter((finding) => finding.kind === kind);
    const heading = DANGEROUS.includes(kind)
      ? colors.bold(colors.red(HEADINGS[kind]))
      : colors.bold(HEADINGS[kind]);
    return findings.length === 0
      ? []
      : [
          `  ${heading} (${kind})`,
          ...findings.flatMap(({ resource, what, remedy, source }) => [
            `    ${resource} ${what}`,
            ...(remedy === undefined ? [] : [colors.dim(`      instead: ${remedy}`)]),
            ...(source === undefined ? [] : [colors.dim(`      ${source}`)]),
          ]),
        ];
  });
  return [`${colors.bold(stack.stack)}: ${summary(stack)}`, ...sections, ''].join('\n');
}

/** `2 resources created, 1 replaced`. */
export function summary({ state, counts }: StackChange): string {
  switch (state) {
    case 'gone':
      return 'no longer in the app; it stays deployed until `cdk destroy`';
    case 'unchanged':
      return 'no change';
    case 'new':
      return `new, ${count(counts.create, 'resource')}`;
    case 'changed':
      return (
        [
          [counts.create, 'created'],
          [counts.update, 'updated'],
          [counts.replace, 'replaced'],
          [counts.delete, 'deleted'],
        ] as const
      )
        .filter(([number]) => number > 0)
        .map(([number, verb], i) => `${i === 0 ? count(number, 'resource') : number} ${verb}`)
        .join(', ');
  }
}
