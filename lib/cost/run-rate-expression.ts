/** One metric of the run-rate, by the id that it has in the expression, with what each of its units costs. */
export interface RunRateTerm {
  readonly id: string;
  readonly dollars: number;
}

/**
 * Dollars an hour, as CloudWatch calculates it of sums over a period of any length. A metric without data counts 0, since else nothing at all
 * would be known.
 *
 * @param terms one at least
 * @param standing dollars an hour that it costs anyway; text where it is known only at deployment
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax
 */
export function runRateExpression(
  terms: readonly RunRateTerm[],
  standing: ReadonlyArray<number | string>,
): string {
  const spent = terms.map(({ id, dollars }) => `${decimal(dollars)}*FILL(${id},0)`).join('+');
  const rate = `(${spent})*3600/PERIOD(${terms[0]?.id ?? ''})`;
  return [
    rate,
    ...standing
      .filter((part) => part !== 0)
      .map((part) => (typeof part === 'number' ? decimal(part) : part)),
  ].join('+');
}

/** Without an exponent, with ten significant digits. */
export function decimal(value: number): string {
  if (value === 0) {
    return '0';
  }
  const digits = Math.max(0, 9 - Math.floor(Math.log10(Math.abs(value))));
  const text = value.toFixed(digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
