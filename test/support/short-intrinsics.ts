type Json = Record<string, unknown>;

/**
 * Writes CloudFormation's functions as text: `${Table}`, `${Table.Arn}`, `arn:${AWS::Partition}:s3:::${Bucket}`. It loses
 * nothing but whether a text was written by `Ref`, `Fn::Join` or `Fn::Sub`. A literal `${`, as of a forgotten `Fn::Sub`, is
 * marked.
 */
export function shortenIntrinsics(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replaceAll('${', '$(literal){');
  }
  if (Array.isArray(value)) {
    return value.map(shortenIntrinsics);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value as Json).map(
    ([k, v]) => [k, k === 'Fn::Sub' && typeof v === 'string' ? v : shortenIntrinsics(v)] as const,
  );
  const [first, ...others] = entries;
  return (
    (first !== undefined && others.length === 0 ? textOf(...first) : undefined) ??
    Object.fromEntries(entries)
  );
}

/** Undefined for what is no function, or one that stays as it is. Arguments are short already. */
function textOf(name: string, argument: unknown): string | undefined {
  if (name === 'Ref') {
    return `\${${String(argument)}}`;
  }
  if (name === 'Fn::Sub' && typeof argument === 'string') {
    return argument;
  }
  if (!Array.isArray(argument)) {
    return undefined;
  }
  const [one, two] = argument as unknown[];
  switch (name) {
    case 'Fn::GetAtt':
      return `\${${(argument as string[]).join('.')}}`;
    case 'Fn::Join':
      return Array.isArray(two) && two.every((part) => typeof part === 'string')
        ? two.join(String(one))
        : undefined;
    case 'Fn::Select':
      return typeof two === 'string' ? `\${${inside(two)}[${String(one)}]}` : undefined;
    case 'Fn::Split':
      return typeof two === 'string' ? `\${${inside(two)}.split('${String(one)}')}` : undefined;
    default:
      return undefined;
  }
}

/** `AWS::StackId` of `${AWS::StackId}`. */
function inside(text: string): string {
  return /^\$\{([^$]*)\}$/.exec(text)?.[1] ?? text;
}
