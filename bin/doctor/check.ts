/** The result of a check. */
export interface Finding {
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly text: string;
  /** What to do about it. */
  readonly fix?: string;
  /** The construct paths of the apps that it concerns; absent if it concerns this machine. */
  readonly apps?: readonly string[];
}

export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch] = /(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return patch === undefined
    ? undefined
    : { major: Number(major), minor: Number(minor), patch: Number(patch) };
}

export function isBefore(one: Version, other: Version): boolean {
  if (one.major !== other.major) {
    return one.major < other.major;
  }
  return one.minor === other.minor ? one.patch < other.patch : one.minor < other.minor;
}
