/** One metric of the run rate, with its id in the expression and the price of a unit. */
export interface RunRateTerm {
  readonly id: string;
  readonly dollars: number;
}

/**
 * Dollars an hour as a CloudWatch expression over sums of any period. A metric without data counts as 0, because otherwise the
 * whole result would be missing.
 *
 * @param terms at least one
 * @param standing the standing cost in dollars an hour; a string if it is known only at deployment
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

/** Formats a number without an exponent, with ten significant digits. */
export function decimal(value: number): string {
  if (value === 0) {
    return '0';
  }
  const digits = Math.max(0, 9 - Math.floor(Math.log10(Math.abs(value))));
  const text = value.toFixed(digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
