import { formatDollars } from '../../lib/model/format-number';
import type { Colors } from '../io';
import type { Advice, AdviceOf, PropChange } from './advice';

/** Recommendations with their evidence, their saving, and the change as a diff of the user's props. */
export function formatAdvice(app: string, { advice, missing }: AdviceOf, colors: Colors): string {
  const lines = [
    colors.bold(app),
    ...(advice.length === 0 ? ['  no changes recommended'] : []),
    ...advice.flatMap((one) => formatOne(one, colors)),
    ...(missing.length === 0 ? [] : ['', colors.dim('  not enough data yet')]),
    ...missing.map(({ about, of, text }) => colors.dim(`    ${about} of ${of}: ${text}`)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function formatOne(
  { about, advice, evidence, monthlySaving, change }: Advice,
  colors: Colors,
): string[] {
  const saving =
    monthlySaving === undefined || Math.abs(monthlySaving) < 0.005
      ? ''
      : monthlySaving > 0
        ? colors.green(` saves up to ${formatDollars(monthlySaving)} a month`)
        : colors.yellow(` costs ${formatDollars(-monthlySaving)} a month`);
  return [
    '',
    `  ${colors.cyan(about)}${saving}`,
    `    ${advice}`,
    `    ${colors.dim(evidence)}`,
    ...(change === undefined ? [] : diff(change, colors)),
  ];
}

function diff({ path, prop, from, to }: PropChange, colors: Colors): string[] {
  const names = prop.split('.');
  const line = (value: string): string =>
    names.length === 1
      ? `${prop}: ${value},`
      : `${names[0] ?? ''}: { ${names.slice(1).join('.')}: ${value} },`;
  return [
    `      ${colors.dim(path)}`,
    ...(from === undefined ? [] : [colors.red(`    - ${line(from)}`)]),
    ...(to === undefined ? [] : [colors.green(`    + ${line(to)}`)]),
  ];
}
