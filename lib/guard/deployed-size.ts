/** The lengths of the shortest values that AWS substitutes for pseudo parameters. */
const PSEUDO: Readonly<Record<string, number>> = {
  'AWS::AccountId': 12,
  'AWS::NoValue': 0,
  'AWS::Partition': 3,
  'AWS::Region': 9,
  'AWS::StackId': 70,
  'AWS::StackName': 1,
  'AWS::URLSuffix': 13,
};
/** `arn:aws:s3:::` and one letter. */
const SHORTEST_ARN = 14;

/**
 * The minimum length in JSON of a template's value once it is deployed, without white space. References count with the shortest
 * text that AWS may put there, so that nothing is rejected that AWS would accept.
 *
 * @param known gives a better minimum for a reference, `Table` or `Table.Arn`, if there is one
 * @param lengthOf how text is measured: in characters, or in bytes
 */
export function deployedSize(
  value: unknown,
  known: (reference: string) => number | undefined = () => undefined,
  lengthOf: (text: string) => number = (text) => text.length,
): number {
  const sizeOf = (part: unknown): number => deployedSize(part, known, lengthOf);
  if (Array.isArray(value)) {
    return 2 + separated(value.map(sizeOf));
  }
  if (typeof value !== 'object' || value === null) {
    return lengthOf(JSON.stringify(value ?? null));
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    return 2 + textSize(name, argument, sizeOf, known);
  }
  return (
    2 + separated(entries.map(([key, item]) => lengthOf(JSON.stringify(key)) + 1 + sizeOf(item)))
  );
}

/** The minimum length of an expression's text, without quotes. */
function textSize(
  name: string,
  argument: unknown,
  sizeOf: (part: unknown) => number,
  known: (reference: string) => number | undefined,
): number {
  if (name === 'Ref') {
    const reference = String(argument);
    return PSEUDO[reference] ?? known(reference) ?? referenceSize(reference);
  }
  if (name === 'Fn::GetAtt') {
    const reference = Array.isArray(argument) ? argument.join('.') : String(argument);
    return known(reference) ?? referenceSize(reference);
  }
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, parts] = argument as [string, unknown];
    if (Array.isArray(parts)) {
      const sizes = parts.map((part) => sizeOf(part) - 2);
      return sizes.reduce(
        (sum, size) => sum + size,
        separator.length * Math.max(0, parts.length - 1),
      );
    }
  }
  return 1;
}

/** The names of an ARN attribute, and of a nested stack's parameter for it, end in `Arn`. */
function referenceSize(reference: string): number {
  return /arn$/i.test(reference) ? SHORTEST_ARN : 1;
}

function separated(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, Math.max(0, sizes.length - 1));
}
