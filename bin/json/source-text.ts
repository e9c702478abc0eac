import { parseJsonObject } from './unknown';

/**
 * Works on the text of a JSON document, not on its value: `JSON.parse` followed by `JSON.stringify` turns 12345678901234567890
 * into 12345678901234567000 and 1e400 into null.
 */

/**
 * The text of a top-level member’s value, verbatim; if a name occurs twice, of the last one, as in `JSON.parse`. Undefined if the text
 * is not a JSON object.
 */
export function memberText(json: string, name: string): string | undefined {
  if (parseJsonObject(json) === undefined) {
    return undefined;
  }
  let found: string | undefined;
  let at = skipSpace(json, 0);
  at = skipSpace(json, at + 1);
  while (json[at] === '"') {
    const end = stringEnd(json, at);
    const key = JSON.parse(json.slice(at, end)) as string;
    const start = skipSpace(json, skipSpace(json, end) + 1); // Skip the colon.
    const stop = valueEnd(json, start);
    if (key === name) {
      found = json.slice(start, stop);
    }
    at = skipSpace(json, stop);
    if (json[at] !== ',') {
      break;
    }
    at = skipSpace(json, at + 1);
  }
  return found;
}

/** Indents a JSON text by two spaces a level, and keeps every number and string verbatim. */
export function indentJson(json: string): string {
  const parts: string[] = [];
  let depth = 0;
  const newLine = (): void => void parts.push(`\n${'  '.repeat(depth)}`);
  for (let at = skipSpace(json, 0); at < json.length; at = skipSpace(json, at)) {
    const char = json.charAt(at);
    const isOpening = char === '{' || char === '[';
    if (isOpening && isClosing(json[skipSpace(json, at + 1)])) {
      const end = skipSpace(json, at + 1);
      parts.push(char + json.charAt(end));
      at = end + 1;
    } else if (isOpening) {
      depth++;
      parts.push(char);
      newLine();
      at++;
    } else if (isClosing(char)) {
      depth--;
      newLine();
      parts.push(char);
      at++;
    } else if (char === ',') {
      parts.push(char);
      newLine();
      at++;
    } else if (char === ':') {
      parts.push(': ');
      at++;
    } else {
      const end = char === '"' ? stringEnd(json, at) : literalEnd(json, at);
      parts.push(json.slice(at, end));
      at = end;
    }
  }
  return parts.join('');
}

function isClosing(char: string | undefined): boolean {
  return char === '}' || char === ']';
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (at < json.length && ' \t\n\r'.includes(json.charAt(at))) {
    at++;
  }
  return at;
}

function stringEnd(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== '"') {
    at += json[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}

function literalEnd(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && !' \t\n\r,:{}[]"'.includes(json.charAt(at))) {
    at++;
  }
  return at;
}

function valueEnd(json: string, from: number): number {
  let depth = 0;
  let at = from;
  do {
    const char = json.charAt(at);
    if (char === '"') {
      at = stringEnd(json, at);
    } else if (char === '{' || char === '[') {
      depth++;
      at++;
    } else if (isClosing(char)) {
      depth--;
      at++;
    } else {
      at = depth === 0 ? literalEnd(json, at) : at + 1;
    }
  } while (depth > 0 && at < json.length);
  return at;
}
