import { formatDollars } from '../../lib/model/format-number';
import type { Difference, StackChange } from './difference';
import { Finding, FINDING_KINDS } from './finding';
import { summary } from './format';
import { DANGEROUS, HEADINGS } from './kinds-in-words';

/** Markdown for a comment on a pull request: dangerous findings are visible, the others folded. */
export function markdownOf({ comparedWith, stacks, costs = [] }: Difference): string {
  return [
    `### Infrastructure changes, compared with ${comparedWith === 'deployed' ? 'what is deployed' : `\`${comparedWith}\``}`,
    '',
    ...stacks.flatMap(stackLines),
    ...costs
      .filter(({ parts }) => parts.length > 0)
      .flatMap(({ app, level, before, after, parts }) => [
        `**${app}, ${level} usage:** ${formatDollars(before)} → ${formatDollars(after)} a month`,
        '',
        '| | before | after |',
        '|---|--:|--:|',
        ...parts.map(
          (part) =>
            `| ${part.what} | ${formatDollars(part.before)} | ${formatDollars(part.after)} |`,
        ),
        '',
      ]),
  ].join('\n');
}

function stackLines(stack: StackChange): string[] {
  const rest = stack.findings.filter(({ kind }) => !DANGEROUS.includes(kind));
  return [
    `**${stack.stack}:** ${summary(stack)}`,
    '',
    ...sections(stack.findings.filter(({ kind }) => DANGEROUS.includes(kind))),
    ...(rest.length === 0
      ? []
      : [
          `<details><summary>${rest.length} more: permissions, triggers, what stays</summary>`,
          '',
          ...sections(rest),
          '</details>',
          '',
        ]),
  ];
}

function sections(findings: readonly Finding[]): string[] {
  return FINDING_KINDS.flatMap((kind) => {
    const some = findings.filter((finding) => finding.kind === kind);
    return some.length === 0
      ? []
      : [
          `${DANGEROUS.includes(kind) ? '⚠️ ' : ''}**${HEADINGS[kind]}**`,
          '',
          ...some.map(
            ({ resource, what, remedy, source }) =>
              `- \`${resource}\` ${what}${remedy === undefined ? '' : `. *Instead:* ${remedy}`}${source === undefined ? '' : ` ([source](${source}))`}`,
          ),
          '',
        ];
  });
}
