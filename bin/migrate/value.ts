/**
 * A value of a definition, with its variables resolved: data, CloudFormation's intrinsic functions as they are, or a value that is known
 * later.
 */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | ValueMap
  | Code
  | Join
  | ByStage;

export interface ValueMap {
  readonly [key: string]: Value;
}

/** The helpers that a generated app declares if it needs them. */
export type Helper = 'byStage' | 'context' | 'env' | 'stage';

/** A TypeScript expression for a string that is known when the CDK app runs, or at deployment. */
export class Code {
  constructor(
    readonly text: string,
    /** The CDK modules and the helpers of the generated app that the expression uses. */
    readonly uses: readonly string[] = [],
    /** Whether the expression may be undefined. */
    readonly isOptional = false,
    /** The variable, if only the framework gives it a value: `${construct:jobs.queueUrl}`. */
    readonly onlyThere?: string,
  ) {}
}

/** Parts that form one string. */
export class Join {
  constructor(readonly parts: readonly Value[]) {}
}

/** A value that depends on the stage. */
export class ByStage {
  constructor(
    readonly values: ValueMap,
    readonly fallback?: Value,
  ) {}
}

/** The stage that the CDK app is run with. */
export const STAGE = new Code('stage', ['stage']);

export function isMap(value: Value): value is ValueMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Code) &&
    !(value instanceof Join) &&
    !(value instanceof ByStage)
  );
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function mapOf(value: Value): ValueMap {
  return isMap(value) ? value : {};
}

export function listOf(value: Value): readonly Value[] {
  if (value === undefined || value === null) {
    return [];
  }
  return isList(value) ? value : [value];
}

export function textOf(value: Value): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: Value): number | undefined {
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim())) {
    return Number(value);
  }
  return typeof value === 'number' ? value : undefined;
}

export function flagOf(value: Value): boolean | undefined {
  if (value === 'true' || value === 'false') {
    return value === 'true';
  }
  return typeof value === 'boolean' ? value : undefined;
}

/** The name and the argument of an intrinsic function: `{ Ref: 'Orders' }` gives `['Ref', 'Orders']`. */
export function intrinsicOf(value: Value): readonly [name: string, argument: Value] | undefined {
  if (!isMap(value)) {
    return undefined;
  }
  const [entry, ...others] = Object.entries(value);
  const [name = '', argument] = entry ?? [];
  const isIntrinsic = name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');
  return isIntrinsic && others.length === 0 ? [name, argument] : undefined;
}

/** The resource and the attribute of `Fn::GetAtt`, which is written as a list or a string. */
export function attributeOf(
  value: Value,
): { readonly id: string; readonly attribute: string } | undefined {
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name !== 'Fn::GetAtt') {
    return undefined;
  }
  const text = typeof argument === 'string' ? argument : listOf(argument).map(textOf).join('.');
  const [id = '', ...rest] = text.split('.');
  return { id, attribute: rest.join('.') };
}

/** The resource that `Ref` names. */
export function referenceOf(value: Value): string | undefined {
  const [name, argument] = intrinsicOf(value) ?? [];
  return name === 'Ref' ? textOf(argument) : undefined;
}

/** The logical ids that a value refers to by `Ref`, `Fn::GetAtt` and `Fn::Sub`. */
export function referencesIn(value: Value): readonly string[] {
  if (value instanceof Join) {
    return value.parts.flatMap(referencesIn);
  }
  if (value instanceof ByStage) {
    return [...Object.values(value.values), value.fallback].flatMap(referencesIn);
  }
  if (isList(value)) {
    return value.flatMap(referencesIn);
  }
  const attribute = attributeOf(value);
  if (attribute !== undefined) {
    return [attribute.id];
  }
  const reference = referenceOf(value);
  if (reference !== undefined) {
    return reference.startsWith('AWS::') ? [] : [reference];
  }
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === 'Fn::Sub') {
    const { text, variables } = substitutionOf(argument);
    const parts = text instanceof Join ? text.parts : [text];
    const names = parts.flatMap((part) =>
      [...(textOf(part) ?? '').matchAll(/\$\{([^!}]+)\}/g)].map(([, inner = '']) => inner.trim()),
    );
    return [
      ...names
        .map((inner) => inner.split('.')[0] ?? '')
        .filter((id) => !id.startsWith('AWS::') && !(id in variables)),
      ...referencesIn(variables),
    ];
  }
  return isMap(value) ? Object.values(value).flatMap(referencesIn) : [];
}

export function substitutionOf(argument: Value): { text: Value; variables: ValueMap } {
  return isList(argument)
    ? { text: argument[0], variables: mapOf(argument[1]) }
    : { text: argument, variables: {} };
}

/** Without the entries that CloudFormation leaves out: `!Ref AWS::NoValue`. The branches of a condition keep them. */
export function withoutNoValue(value: Value): Value {
  const isNone = (one: Value): boolean => referenceOf(one) === 'AWS::NoValue';
  if (isList(value)) {
    return value.filter((one) => !isNone(one)).map(withoutNoValue);
  }
  if (!isMap(value) || intrinsicOf(value)?.[0] === 'Fn::If') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => !isNone(one))
      .map(([key, one]) => [key, withoutNoValue(one)]),
  );
}
