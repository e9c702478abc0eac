/** A construct that nothing refers to is created without a constant. */
export function withoutUnused(text: string): string {
  const bare = text
    .replace(/^\s*\/\/.*$|^\s*\/\*\*.*\*\/$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/`[^`]*`/g, (template) => (template.match(/\$\{[^}]*\}/g) ?? []).join(' '));
  let result = text;
  for (const [, name = ''] of text.matchAll(/^const (\w+) = (?=new |app\.|\w+\.\w+\.from)/gm)) {
    if (bare.match(new RegExp(`(?<![.\\w])${name}\\b(?!:)`, 'g'))?.length === 1) {
      result = result.replace(new RegExp(`^const ${name} = `, 'm'), '');
    }
  }
  return result;
}
