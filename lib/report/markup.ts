/** Markup that is safe to put into a page. The template `markup` makes it and escapes every value in it. */
export class Markup {
  constructor(readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

/** Removes the indentation of the source code, which halves a page of 150 functions. */
const INDENTATION = /\n\s+/g;

/** What a template may contain: text, which is escaped; markup, which is not escaped again; or a list of both. */
export type MarkupValue = string | number | Markup | undefined | readonly MarkupValue[];

/** A template of HTML or SVG. Values come from the model, which others write, so every value is escaped. */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const inner = parts.map(
    (part, i) => part.replace(INDENTATION, '\n') + (i < values.length ? show(values[i]) : ''),
  );
  return new Markup(inner.join(''));
}

/** Escapes text for use between tags and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** JSON for a `script` element. It contains no `<`, so neither an end tag nor a comment can begin in it. */
export function jsonForScript(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replace(/</g, '\\u003c'));
}

function show(value: MarkupValue): string {
  if (value === undefined) {
    return '';
  }
  if (value instanceof Markup) {
    return value.source;
  }
  return typeof value === 'string' || typeof value === 'number'
    ? escapeHtml(String(value))
    : value.map(show).join('');
}
