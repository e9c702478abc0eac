import { camel, pascal } from '../../names';
import type { Value } from '../../value';
import { code, Node, statement } from '../print';
import type { Scope } from '../scope';

/** An imported resource as a constant of its own, declared once. `id` is its construct id, and its name in lower camel case. */
export function imported(
  kind: string,
  value: Value,
  make: (id: string) => Node,
  scope: Scope,
  id = pascal(kind),
): Node {
  const key = `import ${kind} ${JSON.stringify(value)}`;
  const known = scope.find(key);
  if (known !== undefined) {
    return code(known.constName);
  }
  const name = scope.names.claim(camel(id));
  const node = make(scope.ids.claim(id));
  scope.declare(key, { constName: name, ref: () => name, attribute: () => name });
  scope.before.push(statement(`const ${name} = `, node));
  return code(name);
}
