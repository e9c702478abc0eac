/** The variables of a file with lines `NAME=value`. Values may be in quotes; `#` begins a comment, and `export` is ignored. */
export function parseEnvFile(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const line =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|`([^`]*)`|([^\n#]*))/gm;
  for (const [, name = '', double, single, back, plain = ''] of text.matchAll(line)) {
    found[name] =
      double === undefined
        ? (single ?? back ?? plain.trim())
        : double.replace(/\\n/g, '\n').replace(/\\(["\\])/g, '$1');
  }
  return found;
}
