import {
  attributeOf,
  ByStage,
  Code,
  intrinsicOf,
  isList,
  Join,
  listOf,
  mapOf,
  referenceOf,
  substitutionOf,
  textOf,
  Value,
} from './value';

/** A value as text, which is the same for equal values: `<Orders.Arn>/index/*`. References and code are in angle brackets. */
export function canonical(value: Value): string {
  if (value instanceof Code) {
    return `<${value.text}>`;
  }
  if (value instanceof Join) {
    return value.parts.map(canonical).join('');
  }
  if (value instanceof ByStage) {
    return `<${JSON.stringify(value.values)}>`;
  }
  const attribute = attributeOf(value);
  if (attribute !== undefined) {
    return `<${attribute.id}.${attribute.attribute}>`;
  }
  const reference = referenceOf(value);
  if (reference !== undefined) {
    return `<${reference}>`;
  }
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === 'Fn::Join') {
    const [separator, parts] = listOf(argument);
    return isList(parts)
      ? parts.map(canonical).join(textOf(separator) ?? '')
      : JSON.stringify(value);
  }
  if (name === 'Fn::Sub') {
    const { text, variables } = substitutionOf(argument);
    return canonical(text).replace(/\$\{([^!}]+)\}/g, (_, inner: string) => {
      const key = inner.trim();
      return key in variables ? canonical(mapOf(variables)[key]) : `<${key}>`;
    });
  }
  return textOf(value) ?? JSON.stringify(value);
}
