/** `1,234.5`. Not `toLocaleString`, whose first call takes longer than all guards together. */
export function formatNumber(value: number): string {
  const [whole = '', decimals] = String(value).split('.');
  return decimals === undefined ? withCommas(whole) : `${withCommas(whole)}.${decimals}`;
}

/** `1,234,567`, rounded. */
export function formatCount(value: number): string {
  return formatNumber(Math.round(value));
}

/** `1 function`, `2 functions`. */
export function formatPlural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** `$8.76`, `$1,051.20`. */
export function formatDollars(dollars: number): string {
  const [whole = '', cents = ''] = dollars.toFixed(2).split('.');
  return `$${withCommas(whole)}.${cents}`;
}

/** Three digits, in words: `10 thousand`, `2.5 million`, `1 billion`. */
export function formatInWords(value: number): string {
  const rounded = threeDigits(value);
  if (rounded < 1e4) {
    return formatNumber(rounded);
  }
  const [size, unit] = unitOf(rounded);
  return `${threeDigits(rounded / size)} ${unit.word}`;
}

/** Three digits for an axis: `10k`, `1.2M`. */
export function formatCompact(value: number): string {
  const rounded = threeDigits(value);
  const [size, unit] = unitOf(rounded);
  return `${threeDigits(rounded / size)}${unit.letter}`;
}

const UNITS = [
  [1e9, { word: 'billion', letter: 'B' }],
  [1e6, { word: 'million', letter: 'M' }],
  [1e3, { word: 'thousand', letter: 'k' }],
  [1, { word: '', letter: '' }],
] as const;

function unitOf(value: number): (typeof UNITS)[number] {
  return UNITS.find(([least]) => value >= least) ?? UNITS[3];
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}

function withCommas(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
