/**
 * Reads the patterns of metric filters as CloudWatch Logs does, as far as the library uses them: JSON conditions joined by `&&`, words
 * between spaces by their position, and terms. Anything else is an error.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export interface FilterMatch {
  /** The value of a field of the line: `$.record.status`, or `$billed`. */
  value(field: string): unknown;
}

/** What a line gives, or undefined where the pattern does not match it. */
export function matchPattern(pattern: string, line: string): FilterMatch | undefined {
  if (pattern.startsWith('{')) {
    return matchJson(pattern, line);
  }
  return pattern.startsWith('[') ? matchWords(pattern, line) : matchTerms(pattern, line);
}

/** The number that a line adds to a metric, or undefined where it adds none. */
export function metricValue(
  filter: { readonly pattern: string; readonly value: string },
  line: string,
): number | undefined {
  const match = matchPattern(filter.pattern, line);
  if (match === undefined) {
    return undefined;
  }
  const value = filter.value.startsWith('$') ? match.value(filter.value) : filter.value;
  const number = Number(value);
  if (value === undefined || Number.isNaN(number)) {
    return undefined;
  }
  return number;
}

type Operator = '=' | '!=' | '>' | '<' | '>=' | '<=';

const COMPARE: Readonly<Record<Operator, (left: unknown, right: string | number) => boolean>> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== undefined && left !== right,
  '>': (left, right) => typeof left === 'number' && left > Number(right),
  '<': (left, right) => typeof left === 'number' && left < Number(right),
  '>=': (left, right) => typeof left === 'number' && left >= Number(right),
  '<=': (left, right) => typeof left === 'number' && left <= Number(right),
};

function matchJson(pattern: string, line: string): FilterMatch | undefined {
  const [, inner = ''] = /^\{ (.*) \}$/.exec(pattern) ?? [];
  const conditions = inner.split(' && ').map((condition) => {
    const [, selector, operator, operand] =
      /^\((\$(?:\.\w+)+) (=|!=|>=|<=|>|<) ("[^"*]*"|-?[\d.]+)\)$/.exec(condition) ?? [];
    if (selector === undefined || operand === undefined) {
      throw new Error(`not a condition that is understood: ${condition}`);
    }
    const value = operand.startsWith('"') ? operand.slice(1, -1) : Number(operand);
    return { selector, compare: COMPARE[operator as Operator], value };
  });
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return undefined; // not JSON: it does not match
  }
  const value = (selector: string): unknown =>
    selector
      .split('.')
      .slice(1)
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], event);
  const matches = conditions.every((each) => each.compare(value(each.selector), each.value));
  return matches ? { value } : undefined;
}

function matchWords(pattern: string, line: string): FilterMatch | undefined {
  const fields = pattern.slice(1, -1).split(', ');
  const open = fields[fields.length - 1] === '...';
  const known = open ? fields.slice(0, -1) : fields;
  const words = line.split(/\s+/).filter((word) => word !== '');
  if (words.length < known.length || (!open && words.length > known.length)) {
    return undefined;
  }
  const values = new Map<string, string>();
  for (const [index, field] of known.entries()) {
    const word = words[index] ?? '';
    for (const condition of field.split(' && ')) {
      const [, name = '', operator, operand = ''] =
        /^(\w+)(?:(=|!=|>=|<=|>|<)("[^"*]*"|\d+)|(?: (=|!=|>=|<=|>|<) ("[^"*]*"|\d+)))?$/.exec(
          condition.replace(/ (=|!=|>=|<=|>|<) /, '$1'),
        ) ?? [];
      if (name === '') {
        throw new Error(`not a field that is understood: ${condition}`);
      }
      values.set(`$${name}`, word);
      const text = operand.startsWith('"');
      const right = text ? operand.slice(1, -1) : Number(operand);
      if (
        operator !== undefined &&
        operator !== '' &&
        !COMPARE[operator as Operator](text ? word : Number(word), right)
      ) {
        return undefined;
      }
    }
  }
  return { value: (field) => values.get(field) };
}

function matchTerms(pattern: string, line: string): FilterMatch | undefined {
  const terms = [...pattern.matchAll(/(-?)"([^"]*)"/g)];
  if (terms.map(([whole]) => whole).join(' ') !== pattern) {
    throw new Error(`not terms that are understood: ${pattern}`);
  }
  const matches = terms.every(([, not, term = '']) => line.includes(term) !== (not === '-'));
  return matches ? { value: () => undefined } : undefined;
}
