/** Two routes with the same shape match the same requests, whatever the names of their parameters. */
export function routeShape(key: string): string {
  return key.replace(/\{[^}+]+(\+?)\}/g, '{$1}');
}
