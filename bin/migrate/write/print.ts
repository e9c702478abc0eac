/** TypeScript expressions as a tree, and their layout, as Prettier formats them with a width of 100 and single quotes. */
export type Node = Text | Template | Call | List | Obj;

/** Code that stays on one line. */
export interface Text {
  readonly kind: 'text';
  readonly text: string;
}

/** A template literal. */
export interface Template {
  readonly kind: 'template';
  readonly parts: ReadonlyArray<string | Node>;
}

export interface Call {
  readonly kind: 'call';
  readonly callee: string;
  readonly args: readonly Node[];
  /** What follows the call: `.toString()`. */
  readonly suffix?: string;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export interface Obj {
  readonly kind: 'object';
  readonly entries: ReadonlyArray<readonly [key: string, value: Node]>;
  /** Objects that are always on several lines. */
  readonly open?: boolean;
}

const WIDTH = 100;

export const code = (text: string): Text => ({ kind: 'text', text });
export const call = (callee: string, args: readonly Node[], suffix?: string): Call => ({
  kind: 'call',
  callee,
  args,
  suffix,
});
export const list = (items: readonly Node[]): List => ({ kind: 'list', items });

/** An object without the entries that are undefined. */
export function object(entries: Readonly<Record<string, Node | undefined>>, open = false): Obj {
  const given = Object.entries(entries).filter((entry): entry is [string, Node] => {
    return entry[1] !== undefined;
  });
  return { kind: 'object', entries: given, open };
}

export const SPREAD = '...';

/** A string literal, as Prettier quotes it. */
export function quote(text: string): Text {
  const quotes = (mark: string): number => text.split(mark).length - 1;
  const mark = quotes("'") > quotes('"') ? '"' : "'";
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return code(`${mark}${escaped.replaceAll(mark, `\\${mark}`)}${mark}`);
}

/** The layout of an expression that begins at `column`, in lines that are indented by `indent`; `after` follows it on its last line. */
export function print(node: Node, indent: number, column: number, after = 0): string {
  const flat = flatten(node);
  if (flat !== undefined && column + flat.length + after <= WIDTH) {
    return flat;
  }
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'template':
      return templateText(node);
    case 'list':
      return block('[', node.items, ']', indent);
    case 'object':
      return node.entries.length === 0 ? '{}' : printObject(node, indent);
    case 'call':
      return printCall(node, indent, column, after);
  }
}

/** A statement: `const x = new Y(…);` */
export function statement(prefix: string, node: Node, indent = 0): string {
  const head = `${' '.repeat(indent)}${prefix}`;
  if (isTooLongText(node, head.length + 1)) {
    const inner = ' '.repeat(indent + 2);
    return `${head.trimEnd()}\n${inner}${print(node, indent + 2, inner.length, 1)};`;
  }
  return `${head}${print(node, indent, head.length, 1)};`;
}

function isTooLongText(node: Node, column: number): boolean {
  return node.kind === 'text' && column > 4 && column + node.text.length > WIDTH;
}

/** All on one line; undefined if that is not allowed. */
function flatten(node: Node): string | undefined {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'template':
      return templateText(node);
    case 'list': {
      const items = node.items.map(flatten);
      return items.includes(undefined) || mustBreak(node) ? undefined : `[${items.join(', ')}]`;
    }
    case 'object': {
      const values = node.entries.map(([key, value]) => {
        const text = flatten(value);
        return text === undefined ? undefined : entryText(key, text);
      });
      if (node.open === true || values.includes(undefined)) {
        return undefined;
      }
      return values.length === 0 ? '{}' : `{ ${values.join(', ')} }`;
    }
    case 'call': {
      const args = node.args.map(flatten);
      return args.includes(undefined)
        ? undefined
        : `${node.callee}(${args.join(', ')})${node.suffix ?? ''}`;
    }
  }
}

/** Prettier breaks a list of several objects, or of several lists, that each have more than one element. */
function mustBreak({ items }: List): boolean {
  const [first] = items;
  return (
    items.length > 1 &&
    items.every(
      (item) =>
        item.kind === first?.kind &&
        ((item.kind === 'object' && item.entries.length > 1) ||
          (item.kind === 'list' && item.items.length > 1)),
    )
  );
}

/** Template literals are never broken, so their contents stay on one line. */
function templateText({ parts }: Template): string {
  return `\`${parts.map((part) => (typeof part === 'string' ? escapeTemplate(part) : `\${${inline(part)}}`)).join('')}\``;
}

function escapeTemplate(text: string): string {
  return text.replace(/[\\`]|\$\{/g, (found) => `\\${found}`);
}

function inline(node: Node): string {
  return flatten(node.kind === 'object' ? { ...node, open: false } : node) ?? print(node, 0, 0);
}

function printObject({ entries }: Obj, indent: number): string {
  const inner = ' '.repeat(indent + 2);
  const lines = entries.map(([key, value]) => {
    const head = key === SPREAD ? '...' : `${key}: `;
    const text = flatten(value);
    if (text === key) {
      return `${inner}${key},`;
    }
    if (isTooLongText(value, inner.length + head.length + 1)) {
      return `${inner}${head.trimEnd()}\n${inner}  ${text ?? ''},`;
    }
    return `${inner}${head}${print(value, indent + 2, inner.length + head.length, 1)},`;
  });
  return `{\n${lines.join('\n')}\n${' '.repeat(indent)}}`;
}

function entryText(key: string, text: string): string {
  if (key === SPREAD) {
    return `...${text}`;
  }
  return text === key ? key : `${key}: ${text}`;
}

function block(open: string, items: readonly Node[], close: string, indent: number): string {
  const inner = ' '.repeat(indent + 2);
  const lines = items.map((item) => `${inner}${print(item, indent + 2, indent + 2, 1)},`);
  return `${open}\n${lines.join('\n')}\n${' '.repeat(indent)}${close}`;
}

function printCall(
  { callee, args, suffix = '' }: Call,
  indent: number,
  column: number,
  after: number,
): string {
  const head = args.slice(0, -1);
  const last = args.at(-1);
  if (last === undefined) {
    return `${callee}()${suffix}`;
  }
  const flatHead = head.map(flatten);
  const canHug =
    (last.kind === 'object' || last.kind === 'list') &&
    !isEmpty(last) &&
    head.at(-1)?.kind !== last.kind &&
    !flatHead.includes(undefined) &&
    !(args.length > 1 && last.kind === 'list' && isNumbers(last));
  if (canHug) {
    const start = `${callee}(${flatHead.map((text) => `${text ?? ''}, `).join('')}`;
    if (column + start.length + 1 <= WIDTH) {
      const body =
        last.kind === 'object' ? printObject(last, indent) : block('[', last.items, ']', indent);
      return `${start}${body})${suffix}`;
    }
  }
  // A call as the only argument: its own arguments break.
  if (args.length === 1 && last.kind === 'call' && flatten(last) === undefined) {
    return `${callee}(${print(last, indent, column + callee.length + 1, after + 1)})${suffix}`;
  }
  return `${block(`${callee}(`, args, ')', indent)}${suffix}`;
}

function isEmpty(node: List | Obj): boolean {
  return node.kind === 'list' ? node.items.length === 0 : node.entries.length === 0;
}

function isNumbers({ items }: List): boolean {
  return items.length > 1 && items.every((item) => item.kind === 'text' && /^\d/.test(item.text));
}

/** A comment of whole lines. */
export function comment(text: string, indent = 0): string {
  const lead = `${' '.repeat(indent)}// `;
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && lead.length + line.length + 1 + word.length > WIDTH) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    lines.push(line);
  }
  return lines.map((line) => `${lead}${line}`.trimEnd()).join('\n');
}

export function optionsOrNone(node: Node): Node[] {
  return node.kind === 'object' && node.entries.length === 0 ? [] : [node];
}
