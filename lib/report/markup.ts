/** Markup that is safe to put into a page: made by `markup`, which escapes all that is put into it. */
export class Markup {
  constructor(readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

/** Of the source code: a page of 150 functions is half as large without it. */
const INDENTATION = /\n\s+/g;

/** What may stand in a template: text, which is escaped; markup, which is not again; a list of them; nothing. */
export type MarkupValue = string | number | Markup | undefined | readonly MarkupValue[];

/** A template of HTML or SVG. What comes from the model is text of somebody else's, so every value is escaped. */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const inner = parts.map(
    (part, i) => part.replace(INDENTATION, '\n') + (i < values.length ? show(values[i]) : ''),
  );
  return new Markup(inner.join(''));
}

/** Text as it may stand between tags and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** JSON that may stand in a `script` element: no `<`, so neither its end nor a comment begins in it. */
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
