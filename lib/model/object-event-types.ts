/** Whether one event may be of both kinds: `s3:ObjectCreated:*` stands for `s3:ObjectCreated:Put`, say. */
export function eventsOverlap(one: string, other: string): boolean {
  return one === other || covers(one, other) || covers(other, one);
}

function covers(one: string, other: string): boolean {
  return one.endsWith('*') && other.startsWith(one.slice(0, -1));
}
