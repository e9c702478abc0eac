import { formatValue, isExpression } from '../model/format-value';
import { Markup, markup } from './markup';

/** A value of the model for a page: an expression is marked as one. */
export function value(of: unknown): Markup {
  return isExpression(of) || (typeof of === 'string' && of.includes('${'))
    ? markup`<code class="token" title="known only at deployment">${formatValue(of)}</code>`
    : markup`${formatValue(of)}`;
}

/** Text with `code` between backticks, as the table of defaults and the guards write it. */
export function prose(text: string): Markup {
  const parts = text
    .split('`')
    .map((part, i) => (i % 2 === 1 ? markup`<code>${part}</code>` : part));
  return markup`${parts}`;
}

/** Text in which the addresses of https are links. */
export function linked(text: string): Markup {
  const parts = text
    .split(/(https:\/\/[^\s;),]+)/)
    .map((part, i) => (i % 2 === 1 ? link(part) : prose(part)));
  return markup`${parts}`;
}

/** A link to where something is said; only to the web, whatever the model holds. */
export function link(address: string, text = hostOf(address)): Markup {
  return /^https:\/\//.test(address)
    ? markup`<a href="${address}" rel="noopener noreferrer">${text}</a>`
    : markup`${address}`;
}

function hostOf(address: string): string {
  return address.replace(/^https:\/\//, '').replace(/\/.*$/, '');
}

/** `1,234,567`. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `10 thousand`, `2.5 million`, `1 billion`: three digits, for a person. */
export function roughly(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const units: ReadonlyArray<readonly [number, string]> = [
    [1e9, ' billion'],
    [1e6, ' million'],
    [1e4, ' thousand'],
  ];
  const [size, unit] = units.find(([least]) => rounded >= least) ?? [1, ''];
  const scale = unit === ' thousand' ? 1000 : size;
  return `${String(rounded / scale).replace(/\B(?=(\d{3})+$)/g, ',')}${unit}`;
}

/** `1 function`, `2 functions`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}
