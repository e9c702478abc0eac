/**
 * A value of the model as text. In the cloud assembly, a value known only at deployment is a CloudFormation expression: `{"Ref":
 * "AWS::Region"}` becomes `${AWS::Region}`.
 */
export function formatValue(value: unknown): string {
  if (typeof value === 'string' || value === undefined) {
    return value ?? '';
  }
  if (!isExpression(value)) {
    return JSON.stringify(value);
  }
  const [name = '', argument] = Object.entries(value)[0] ?? [];
  if (name === 'Ref') {
    return `\${${formatValue(argument)}}`;
  }
  if (name === 'Fn::GetAtt') {
    return `\${${formatList(argument, '.')}}`;
  }
  if (name === 'Fn::Sub') {
    return formatValue(Array.isArray(argument) ? argument[0] : argument);
  }
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    return argument[1].map(formatValue).join(formatValue(argument[0]));
  }
  return `\${${name.replace('Fn::', '')}(${formatList(argument, ', ')})}`;
}

/** The last part of a construct path: the id that the user gave. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a value is a CloudFormation expression. */
export function isExpression(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function formatList(value: unknown, separator: string): string {
  return Array.isArray(value) ? value.map(formatValue).join(separator) : formatValue(value);
}

const UNITS: ReadonlyArray<readonly [seconds: number, unit: string]> = [
  [86_400, 'days'],
  [3600, 'h'],
  [60, 'min'],
];

/** `1 h`, `90 s`, `30 days`: in the largest unit without a remainder. A value known only at deployment is its expression. */
export function secondsInWords(seconds: unknown): string {
  if (typeof seconds !== 'number') {
    return `${formatValue(seconds)} s`;
  }
  const [of, unit] = UNITS.find(([each]) => seconds % each === 0) ?? [1, 's'];
  const count = seconds / of;
  return `${count} ${count === 1 && unit === 'days' ? 'day' : unit}`;
}
