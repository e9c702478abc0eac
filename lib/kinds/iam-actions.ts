/** Whether a statement with these actions, which may have wildcards, allows an action. IAM ignores case. */
export function allows(actions: readonly string[], action: string): boolean {
  return actions.some((pattern) => iamPattern(pattern, 'i').test(action));
}

/**
 * The texts that a pattern of an IAM statement matches: `*` is any text, `?` any character.
 *
 * @param flags `i` for actions, whose case IAM ignores
 */
export function iamPattern(pattern: string, flags = ''): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, `s${flags}`);
}
