import { formatValue, isExpression } from '../model/format-value';
import { Markup, markup } from './markup';

/** Renders a value of the model for the page; expressions are marked as such. */
export function value(of: unknown): Markup {
  return isExpression(of) || (typeof of === 'string' && of.includes('${'))
    ? markup`<code class="token" title="known only at deployment">${formatValue(of)}</code>`
    : markup`${formatValue(of)}`;
}

/** Text with `code` in backticks, as in the table of defaults and the guards. */
export function prose(text: string): Markup {
  const parts = text
    .split('`')
    .map((part, i) => (i % 2 === 1 ? markup`<code>${part}</code>` : part));
  return markup`${parts}`;
}

/** Text whose https addresses become links. */
export function linked(text: string): Markup {
  const parts = text
    .split(/(https:\/\/[^\s;),]+)/)
    .map((part, i) => (i % 2 === 1 ? link(part) : prose(part)));
  return markup`${parts}`;
}

/** A link to a source; only https addresses become links, whatever the model contains. */
export function link(address: string, text = hostOf(address)): Markup {
  return /^https:\/\//.test(address)
    ? markup`<a href="${address}" rel="noopener noreferrer">${text}</a>`
    : markup`${address}`;
}

function hostOf(address: string): string {
  return address.replace(/^https:\/\//, '').replace(/\/.*$/, '');
}
