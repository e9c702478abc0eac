/** One alternative of a variable: `self:custom.name`, `'a string'`, or another variable. */
export type Alternative =
  | {
      readonly kind: 'source';
      readonly source: string;
      readonly argument?: string;
      readonly address: string;
    }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'text'; readonly text: string };

export type Piece =
  string | { readonly alternatives: readonly Alternative[]; readonly text: string };

const SOURCE = /^([A-Za-z][\w.-]*)(?:\(((?:[^()]|\([^()]*\))*)\))?(?::([\s\S]*))?$/;

/**
 * The plain parts and the variables of a string in the Serverless Framework's grammar: `${source(argument):address, fallback}`, which may
 * be nested. A variable without a source stays text: `${AWS::Region}` and `${Orders.Arn}` are CloudFormation's.
 */
export function parseVariables(text: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    if (!text.startsWith('${', at)) {
      plain += text[at] ?? '';
      at += 1;
      continue;
    }
    const end = closing(text, at);
    const inner = end === undefined ? undefined : text.slice(at + 2, end);
    const alternatives = inner === undefined ? undefined : alternativesOf(inner);
    if (end === undefined || alternatives === undefined) {
      plain += '${';
      at += 2;
      continue;
    }
    if (plain !== '') {
      pieces.push(plain);
      plain = '';
    }
    pieces.push({ alternatives, text: text.slice(at, end + 1) });
    at = end + 1;
  }
  return plain === '' && pieces.length > 0 ? pieces : [...pieces, plain];
}

/** The brace that closes the variable which begins at `start`. */
function closing(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('${', at)) {
      depth += 1;
      at += 1;
    } else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) {
        return at;
      }
    }
  }
  return undefined;
}

function alternativesOf(inner: string): Alternative[] | undefined {
  const parts = splitAtCommas(inner).map((part) => part.trim());
  const [first = ''] = parts;
  const begins = SOURCE.exec(first.replace(/\$\{[^{}]*\}/g, 'x'));
  const hasSource =
    begins !== null && (first.includes(':') || /^(file|env|opt|self)\b/.test(first));
  if (first.startsWith('AWS::') || !(hasSource || first.startsWith('${'))) {
    return undefined;
  }
  return parts.map(alternativeOf);
}

function alternativeOf(part: string): Alternative {
  const quoted = /^'([\s\S]*)'$/.exec(part) ?? /^"([\s\S]*)"$/.exec(part);
  if (quoted !== null) {
    return { kind: 'literal', value: quoted[1] ?? '' };
  }
  if (/^-?\d+(\.\d+)?$/.test(part)) {
    return { kind: 'literal', value: Number(part) };
  }
  if (part === 'true' || part === 'false') {
    return { kind: 'literal', value: part === 'true' };
  }
  if (part === 'null' || part === '') {
    return { kind: 'literal', value: part === '' ? '' : null };
  }
  if (part.startsWith('${')) {
    return { kind: 'text', text: part };
  }
  const colon = sourceEnd(part);
  const head = colon === undefined ? part : part.slice(0, colon);
  const open = head.indexOf('(');
  const isCall = open > 0 && head.endsWith(')');
  return {
    kind: 'source',
    source: isCall ? head.slice(0, open) : head,
    argument: isCall ? head.slice(open + 1, -1) : undefined,
    address: colon === undefined ? '' : part.slice(colon + 1),
  };
}

/** The colon after the source, not one inside its argument. */
function sourceEnd(part: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < part.length; at += 1) {
    const character = part[at];
    if (character === '(' || character === '{') {
      depth += 1;
    } else if (character === ')' || character === '}') {
      depth -= 1;
    } else if (character === ':' && depth === 0) {
      return at;
    }
  }
  return undefined;
}

function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote: string | undefined;
  let part = '';
  for (const character of text) {
    if (quote !== undefined) {
      quote = character === quote ? undefined : quote;
    } else if (character === "'" || character === '"') {
      quote = character;
    } else if (character === '{' || character === '(') {
      depth += 1;
    } else if (character === '}' || character === ')') {
      depth -= 1;
    } else if (character === ',' && depth === 0) {
      parts.push(part);
      part = '';
      continue;
    }
    part += character;
  }
  return [...parts, part];
}
