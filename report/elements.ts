/** The element with that id, which the report has written. */
export function byId<T extends Element>(id: string, type: new () => T): T {
  const found = document.getElementById(id) as Element | null;
  if (!(found instanceof type)) {
    throw new Error(`the report has no ${type.name} #${id}`);
  }
  return found;
}
