/** Whether an event can have both types: `s3:ObjectCreated:*` includes `s3:ObjectCreated:Put`. */
export function eventsOverlap(one: string, other: string): boolean {
  return one === other || covers(one, other) || covers(other, one);
}

function covers(one: string, other: string): boolean {
  return one.endsWith('*') && other.startsWith(one.slice(0, -1));
}
