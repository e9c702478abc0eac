/** `get-order`, `getOrder`, `get_order` give `GetOrder`. */
export function pascal(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `X${name}`;
}

/** `GetOrder`, `get-order` give `getOrder`. */
export function camel(text: string): string {
  const name = pascal(text);
  const capitals = /^[A-Z]+(?=[A-Z][a-z]|[^a-zA-Z]|$)/.exec(name)?.[0] ?? name.charAt(0);
  return capitals.toLowerCase() + name.slice(capitals.length);
}

/** The names that a file already uses; if one is claimed again, it gets a number. */
export class UniqueNames {
  private readonly taken: Set<string>;

  constructor(reserved: readonly string[] = []) {
    this.taken = new Set(reserved);
  }

  has(name: string): boolean {
    return this.taken.has(name);
  }

  claim(wanted: string): string {
    let name = wanted;
    for (let i = 2; this.taken.has(name); i += 1) {
      name = `${wanted}${i}`;
    }
    this.taken.add(name);
    return name;
  }
}
