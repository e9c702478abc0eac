/** A message about a function. */
export interface Notice {
  readonly fn: { readonly node: { readonly id: string; readonly path: string } };
  readonly id: string;
  readonly message: string;
  /** The part that differs between messages of the same rule, such as a route. */
  readonly detail?: string;
}

/** Equivalent notices, and one message for all of them. */
export interface FoldedNotice<T> {
  readonly notices: readonly T[];
  readonly message: string;
}

/** How many other functions a message names. */
const NAMED = 8;

/** Combines notices that differ only in the function and the detail, in the order of the first. */
export function foldNotices<T extends Notice>(
  notices: readonly T[],
  isShown: (notice: T) => boolean,
): FoldedNotice<T>[] {
  const groups = new Map<string, T[]>();
  for (const notice of notices) {
    const key = keyOf(notice);
    groups.set(key, [...(groups.get(key) ?? []), notice]);
  }
  return [...groups.values()].flatMap((group) => {
    const shown = group.filter(isShown);
    return shown.length === 0 ? [] : [{ notices: shown, message: messageOf(shown) }];
  });
}

function keyOf({ detail, fn, id, message }: Notice): string {
  const withoutDetail = detail === undefined ? message : message.replaceAll(detail, '{}');
  const text = withoutDetail
    .replaceAll(`functions.${fn.node.id}.`, 'functions.{}.')
    .replaceAll(fn.node.path, '{}');
  return JSON.stringify([id, text]);
}

function messageOf([first, ...others]: readonly Notice[]): string {
  const nameOf = ({ detail, fn }: Notice): string =>
    detail === undefined || detail === first?.detail ? `functions.${fn.node.id}` : detail;
  const names = [...new Set(others.map(nameOf))].map((name) => `\`${name}\``);
  const more = names.length > NAMED ? [`${names.length - NAMED} more`] : [];
  const listed = [...names.slice(0, NAMED), ...more];
  const last = listed.pop();
  const all = listed.length === 0 ? last : `${listed.join(', ')} and ${last}`;
  return `${first?.message ?? ''}${last === undefined ? '' : ` (the same holds for ${all})`}`;
}
