/** The parts of a release that are text. Pure. */

const UNRELEASED = '## [Unreleased]';

/** The changelog in which everything unreleased belongs to a version. Throws if there is nothing to release. */
export function released(changelog: string, version: string, date: string): string {
  const [before, rest] = changelog.split(`${UNRELEASED}\n`);
  if (before === undefined || rest === undefined) {
    throw new Error(`CHANGELOG.md must have a section ${UNRELEASED}`);
  }
  if (!/^- /m.test(rest.split(/^## \[/m)[0] ?? '')) {
    throw new Error(`CHANGELOG.md must say under ${UNRELEASED} what changed`);
  }
  return `${before}${UNRELEASED}\n\n## [${version}] - ${date}\n${rest}`;
}

const CONVENTIONAL = /^(?<type>[a-z]+)(?:\([^)]+\))?(?<breaking>!)?: /;

/** What the subjects of commits ask for at least, by Conventional Commits. Before 1.0 a breaking change raises the minor version. */
export function leastVersion(current: string, messages: readonly string[]): string {
  const [major = 0, minor = 0, patch = 0] = current.split('.').map(Number);
  const found = messages.map((message) => ({
    ...CONVENTIONAL.exec(message)?.groups,
    breaks: /^BREAKING[ -]CHANGE: /m.test(message),
  })) as readonly {
    readonly type?: string;
    readonly breaking?: string;
    readonly breaks: boolean;
  }[];
  const breaks = found.some((one) => one.breaking === '!' || one.breaks);
  if (breaks && major > 0) {
    return `${major + 1}.0.0`;
  }
  return breaks || found.some(({ type }) => type === 'feat')
    ? `${major}.${minor + 1}.0`
    : `${major}.${minor}.${patch + 1}`;
}

/** Whether a version is at least another one. Both are three numbers. */
export function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return true;
}
