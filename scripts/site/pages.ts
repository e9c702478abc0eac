/** What turns the pages of the repository into those of the site. Pure: text in, text out. */
import * as path from 'node:path';

const REPOSITORY = 'https://github.com/cdk-serverless-app/cdk-serverless-app';

/** Files outside docs/ that are pages of the site, by their place there. */
const MOVED: Readonly<Record<string, string>> = {
  'README.md': 'index.md',
  'CHANGELOG.md': 'changelog.md',
  'SECURITY.md': 'report-a-vulnerability.md',
};

/** Sections of the README that are pages of their own, by their heading’s anchor. */
const SECTIONS: Readonly<Record<string, string>> = {
  'quick-start': 'quick-start.md',
  'compared-with-other-tools': 'compared.md',
};

/** The names of the tabs. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'TypeScript',
  typescript: 'TypeScript',
  python: 'Python',
  java: 'Java',
  go: 'Go',
};

export interface Sources {
  /** The pages below docs/, by their path there. */
  readonly docs: Readonly<Record<string, string>>;
  readonly readme: string;
  readonly changelog: string;
  readonly security: string;
  readonly isFolder: (file: string) => boolean;
}

/** The pages of the site, by their path, except the home page. */
export function sitePages(sources: Sources): Readonly<Record<string, string>> {
  const { docs, readme, changelog, security, isFolder } = sources;
  const moved = (file: string, text: string, to: string): [string, string] => [
    to,
    forSite(text, file, to, isFolder),
  ];
  return Object.fromEntries([
    ...Object.entries(docs).map(([page, text]) => moved(`docs/${page}`, text, page)),
    moved('CHANGELOG.md', changelog, 'changelog.md'),
    moved(
      'SECURITY.md',
      security.replace(/^# .*$/m, '# Report a vulnerability'),
      'report-a-vulnerability.md',
    ),
    ...Object.entries(SECTIONS).map(([anchor, to]) =>
      moved('README.md', sectionOf(readme, anchor), to),
    ),
  ]);
}

const CUT = '\0';

/** A section of a page as a page. Its headings go up by one level. */
export function sectionOf(page: string, anchor: string): string {
  // Headings outside of code get a mark, at which the page is cut.
  const sections = outsideCode(page, (text) => text.replace(/^(?=## )/gm, CUT)).split(CUT);
  const found = sections.find((text) => anchorOf(/^## (.*)/.exec(text)?.[1] ?? '') === anchor);
  if (found === undefined) {
    throw new Error(`README.md must have a section #${anchor}`);
  }
  return outsideCode(found, (text) => text.replace(/^#(#+ )/gm, '$1'));
}

/** The page with the site’s links, tabs and notation. */
export function forSite(
  text: string,
  file: string,
  to: string,
  isFolder: (file: string) => boolean,
): string {
  const front = hasSections(text) ? '' : '---\naside: false\n---\n\n'; // there is nothing to list beside the page
  const body = outsideCode(withTabs(text), (part) =>
    part
      .replace(/\]\((?![a-z]+:)([^)\s]+)\)/g, (_, link: string) => {
        return `](${siteLink(link, file, to, isFolder)})`;
      })
      // Vue would evaluate it.
      .replaceAll('{{', '&#123;&#123;'),
  );
  return front + body;
}

function hasSections(text: string): boolean {
  let found = false;
  outsideCode(text, (part) => {
    found ||= /^##+ /m.test(part);
    return part;
  });
  return found;
}

/** Where a link of a file of the repository leads on the site. Source files are on GitHub. */
export function siteLink(
  link: string,
  file: string,
  to: string,
  isFolder: (file: string) => boolean,
): string {
  const [linked = '', heading] = link.split('#');
  const hash = heading === undefined ? '' : `#${heading}`;
  const target = linked === '' ? file : path.posix.join(path.posix.dirname(file), linked);
  const page = pageOf(target, heading);
  if (page !== undefined) {
    const relative = path.posix.relative(path.posix.dirname(to), page);
    const isWhole = target === 'README.md' && page !== 'index.md';
    return page === to && hash !== ''
      ? hash
      : `${relative.startsWith('.') ? '' : './'}${relative}${isWhole ? '' : hash}`;
  }
  return `${REPOSITORY}/${isFolder(target) ? 'tree' : 'blob'}/main/${target}${hash}`;
}

function pageOf(target: string, heading: string | undefined): string | undefined {
  if (target === 'README.md' && SECTIONS[heading ?? ''] !== undefined) {
    return SECTIONS[heading ?? ''];
  }
  return MOVED[target] ?? (target.startsWith('docs/') ? target.slice('docs/'.length) : undefined);
}

/**
 * The blocks between `<!-- tabs -->` and `<!-- /tabs -->` as tabs, named after their language or their `<summary>`. On GitHub and npm they are
 * one block and some that unfold.
 */
export function withTabs(page: string): string {
  return page.replace(/^<!-- tabs -->\n([\s\S]*?)^<!-- \/tabs -->$/gm, (_, inside: string) => {
    const blocks = [
      ...inside.matchAll(/(?:<summary>(.*?)<\/summary>\s*)?^```(\w+)\n([\s\S]*?)^```$/gm),
    ];
    const tabs = blocks.map(
      ([, name, language = '', code]) =>
        `\`\`\`${language} [${name ?? LANGUAGES[language] ?? language}]\n${code}\`\`\``,
    );
    return `::: code-group\n\n${tabs.join('\n\n')}\n\n:::`;
  });
}

/** Changes the text outside of code blocks and code spans. */
export function outsideCode(page: string, change: (text: string) => string): string {
  return page
    .split(/(^ *```[\s\S]*?^ *```[^\S\n]*$|``[^`]+``|`[^`\n]+`)/m)
    .map((part, i) => (i % 2 === 0 ? change(part) : withLiteralBraces(part)))
    .join('');
}

/** A code span with `{{` would be evaluated too; a block is not. */
function withLiteralBraces(code: string): string {
  const isSpan = !code.trimStart().startsWith('```');
  return isSpan && code.includes('{{')
    ? `<code v-pre>${code
        .replace(/^`+|`+$/g, '')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')}</code>`
    : code;
}

/** The anchor of a heading, as GitHub makes it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
