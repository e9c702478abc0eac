/** The element with this id, which the report wrote. */
export function byId<T extends Element>(id: string, type: new () => T): T {
  const found = document.getElementById(id) as Element | null;
  if (!(found instanceof type)) {
    throw new Error(`the report has no ${type.name} #${id}`);
  }
  return found;
}
