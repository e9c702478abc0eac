/**
 * Calculates expressions of CloudWatch's metric math, for one point in time: numbers, `+ - * /`, brackets, `FILL` and `PERIOD`. Anything else,
 * and an exponent, is an error.
 *
 * @param values of the metrics by their ids; undefined where there is no data
 */
export function evaluate(
  expression: string,
  values: Readonly<Record<string, number | undefined>>,
  periodSeconds: number,
): number | undefined {
  const tokens = [...expression.matchAll(/\s*([A-Z]+|[a-z]\w*|\d+(?:\.\d+)?|[-+*/(),])/gy)];
  if (tokens.map(([text]) => text).join('') !== expression) {
    throw new Error(`not an expression that is understood: ${expression}`);
  }
  const words = tokens.map(([, word = '']) => word);
  let at = 0;
  const next = (): string => words[at++] ?? '';
  const take = (word: string): void => {
    const got = next();
    if (got !== word) {
      throw new Error(`${word} expected, got ${got} in ${expression}`);
    }
  };
  const id = (): string => {
    const name = next();
    if (!(name in values)) {
      throw new Error(`no metric ${name}`);
    }
    return name;
  };
  const primary = (): number | undefined => {
    const word = next();
    if (word === '(') {
      const value = sum();
      take(')');
      return value;
    }
    if (word === 'FILL') {
      take('(');
      const name = id();
      take(',');
      const instead = sum();
      take(')');
      return values[name] ?? instead;
    }
    if (word === 'PERIOD') {
      take('(');
      id();
      take(')');
      return periodSeconds;
    }
    if (/^\d/.test(word)) {
      return Number(word);
    }
    at -= 1;
    return values[id()];
  };
  const chain = (
    operand: () => number | undefined,
    operators: Readonly<Record<string, (a: number, b: number) => number>>,
  ): number | undefined => {
    let left = operand();
    for (let apply = operators[words[at] ?? '']; apply; apply = operators[words[at] ?? '']) {
      at += 1;
      const right = operand();
      // An expression has no data at a time at which one of its operands has none.
      left = left === undefined || right === undefined ? undefined : apply(left, right);
    }
    return left;
  };
  const product = (): number | undefined =>
    chain(primary, { '*': (a, b) => a * b, '/': (a, b) => a / b });
  const sum = (): number | undefined =>
    chain(product, { '+': (a, b) => a + b, '-': (a, b) => a - b });
  const value = sum();
  if (at < words.length) {
    throw new Error(`${words[at] ?? ''} not expected in ${expression}`);
  }
  return value;
}
