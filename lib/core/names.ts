import * as path from 'node:path';
import { IConstruct } from 'constructs';
import type { PropCheck } from '../props/prop-check';

const HANDLER_EXTENSION = /\.([cm]?[jt]sx?|py|go)$/;

/** Files whose folder has a more telling name: `index.ts`, `__init__.py`, `main.go`. */
const NAMED_BY_FOLDER = /^(index(\.\w+)?|__init__\.py|main\.go)$/;

/** `import-orders.ts` becomes `ImportOrders`; `orders/index.ts` and `orders/main.go` become `Orders`, after their folder. */
export function functionIdFromEntry(entry: string, check: PropCheck): string {
  const given: unknown = entry;
  // The compiler checks this too, but not in JavaScript.
  if (typeof given !== 'string') {
    throw check.error(
      'entry',
      'must be the path of a file',
      given,
      'name the file that exports the handler, for example `src/get-order.ts`',
    );
  }
  const file = path.basename(entry);
  const name = NAMED_BY_FOLDER.test(file)
    ? path.basename(path.dirname(path.resolve('/', entry)))
    : file.replace(HANDLER_EXTENSION, '');
  const id = pascalCase(name);
  if (id === '') {
    throw check.error(
      'entry',
      'must have a Latin letter or a digit in its name, from which the function’s id is derived',
      entry,
      'give `{ id: "…" }`',
    );
  }
  return id;
}

/** `get-order.v2` becomes `GetOrderV2`. Accents are removed; characters other than letters and digits separate words. */
export function pascalCase(text: string): string {
  return unquoted(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/**
 * The environment variable for a resource's name, ARN or URL: `Orders` and `Table` become `ORDERS_TABLE_NAME`, and so do
 * `OrdersTable` and `Table`.
 */
export function environmentVariableName(id: string, kind: string, holds = 'NAME'): string {
  const parts = unquoted(id).flatMap((word) =>
    word.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/),
  );
  const kindWords = kind.split(/(?<=[a-z])(?=[A-Z])/);
  const end = parts.slice(-kindWords.length).join('').toLowerCase();
  if (parts.length > kindWords.length && end === kind.toLowerCase()) {
    parts.splice(-kindWords.length);
  }
  const name = [...parts, ...kindWords, holds].join('_').toUpperCase();
  return /^[A-Z]/.test(name) ? name : `R${name}`;
}

/** The id, or, if a child with that id exists, the id with the next free number. */
export function freeId(scope: IConstruct, id: string): string {
  let free = id;
  for (let n = 2; scope.node.tryFindChild(free) !== undefined; n += 1) {
    free = `${id}${n}`;
  }
  return free;
}

function unquoted(text: string): string[] {
  return toAscii(text)
    .split(/[^A-Za-z0-9]/)
    .filter((word) => word !== '');
}

/** Letters that Unicode does not decompose into a letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  þ: 'th',
  Þ: 'Th',
};

function toAscii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\0-\x7f]/gu, (letter) => LETTERS[letter] ?? letter);
}
