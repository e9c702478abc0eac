export function slash(path: string): string {
  const text = path.startsWith('/') ? path : `/${path}`;
  return text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text;
}
