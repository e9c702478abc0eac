/** The link check of the built site. Nothing is fetched: links to other hosts are not followed. */
import * as path from 'node:path';

/** A page of the site: its path, such as `triggers/http.html`, and its markup. */
export type Markup = Readonly<Record<string, string>>;

/** A sentence for each link that leads nowhere, and for each file that a page would load from another host. */
export function brokenLinks(
  pages: Markup,
  base: string,
  exists: (file: string) => boolean,
): readonly string[] {
  const anchors = new Map(
    Object.entries(pages).map(([page, html]) => [page, new Set(attributes(html, 'id'))] as const),
  );
  return Object.entries(pages).flatMap(([page, html]) => [
    ...attributes(html, 'href').flatMap((href) => {
      const problem = problemOf(href, page, base, anchors, exists);
      return problem === undefined ? [] : [`${page}: ${href} ${problem}`];
    }),
    ...loaded(html)
      .filter((url) => /^(https?:)?\/\//.test(url))
      .map((url) => `${page}: loads ${url} from another host`),
  ]);
}

function problemOf(
  href: string,
  page: string,
  base: string,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
  exists: (file: string) => boolean,
): string | undefined {
  if (/^([a-z]+:|\/\/)/i.test(href) || href === '') {
    return undefined;
  }
  const [linked = '', hash = ''] = href.split('#');
  const target = linked === '' ? page : fileOf(linked, page, base);
  if (target === undefined) {
    return `is outside of ${base}`;
  }
  const ids = anchors.get(target);
  if (ids === undefined) {
    return exists(target) ? undefined : 'leads to no page';
  }
  return hash === '' || ids.has(decodeURIComponent(hash)) ? undefined : 'leads to no heading';
}

function fileOf(link: string, page: string, base: string): string | undefined {
  if (link.startsWith('/') && !link.startsWith(base)) {
    return undefined;
  }
  const file = link.startsWith('/')
    ? link.slice(base.length)
    : path.posix.join(path.posix.dirname(page), link);
  const plain = decodeURIComponent(file);
  return plain === '' || plain.endsWith('/') ? `${plain}index.html` : plain;
}

/** The URLs that a browser fetches by itself. */
function loaded(html: string): string[] {
  const styles = [...html.matchAll(/<link\b[^>]*>/g)].map(([tag]) => tag);
  return [
    ...attributes(html, 'src'),
    ...styles
      .filter((tag) => /rel="(stylesheet|preload|modulepreload|icon)"/.test(tag))
      .flatMap((tag) => attributes(tag, 'href')),
  ];
}

function attributes(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&amp;', '&'),
  );
}
