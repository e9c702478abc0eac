/** Two routes with the same shape take the same requests, whatever their parameters are called. */
export function routeShape(key: string): string {
  return key.replace(/\{[^}+]+(\+?)\}/g, '{$1}');
}
