import { Markup, markup, MarkupValue } from './markup';

export interface Section {
  readonly id: string;
  readonly title: string;
  /** A shorter title for the navigation. */
  readonly short: string;
  readonly content: MarkupValue;
}

export function renderSection({ id, title, content }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title" tabindex="-1">${title}</h2>
    ${content}
  </section> `;
}
