const WIDTH = 120;

type Json = Record<string, unknown>;

/** JSON with sorted keys, `Type` first; what fits into a line is in one line. */
export function print(value: unknown, indentation = '', used = 0): string {
  const line = oneLine(value);
  if (typeof value !== 'object' || value === null || line.length + used <= WIDTH) {
    return line;
  }
  const inner = `${indentation}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const parts = Array.isArray(value)
    ? value.map((item) => inner + print(item, inner, inner.length + 1))
    : sorted(value as Json).map(([key, item]) => {
        const start = `${inner}${JSON.stringify(key)}: `;
        return start + print(item, inner, start.length + 1);
      });
  return `${open}\n${parts.map((part) => `${part},\n`).join('')}${indentation}${close}`;
}

function oneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(oneLine).join(', ')}]`;
  }
  const parts = sorted(value as Json).map(
    ([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`,
  );
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function sorted(value: Json): [string, unknown][] {
  const rank = (key: string): string => (key === 'Type' ? '' : key);
  return Object.entries(value).sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
}
