/**
 * Values of the model that are known at synthesis. Others are Tokens while the app is built, and CloudFormation expressions
 * (objects) in the cloud assembly.
 */
export function isUnresolved(value: unknown): boolean {
  return typeof value === 'string'
    ? value.includes('${Token[')
    : typeof value === 'number'
      ? value < 0
      : typeof value === 'object' && value !== null;
}

/** The number, if it is known. A number token is a large negative number. */
export function resolvedNumber(value: unknown): number | undefined {
  return typeof value === 'number' && !isUnresolved(value) && !Number.isNaN(value)
    ? value
    : undefined;
}

/** The text, if it is known. */
export function resolvedText(value: unknown): string | undefined {
  return typeof value === 'string' && !isUnresolved(value) ? value : undefined;
}
