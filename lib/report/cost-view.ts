import { CostPart, LevelEstimate } from '../cost/app-estimate';
import { markup, Markup } from './markup';
import { table } from './table';
import { formatCount, formatInWords } from '../model/format-number';

/** The parts of a page that depend on the load: rendered once at first, and again by the page’s script whenever the slider moves. */

export const SERVICES: Readonly<Record<string, string>> = {
  lambda: 'Lambda',
  apiGateway: 'API Gateway',
  dynamodb: 'DynamoDB',
  s3: 'S3',
  sqs: 'SQS',
  sns: 'SNS',
  eventBridge: 'EventBridge',
  cloudWatch: 'CloudWatch',
  xray: 'X-Ray',
  kms: 'KMS',
  codeDeploy: 'CodeDeploy',
  cloudFront: 'CloudFront',
  stepFunctions: 'Step Functions',
  dataTransfer: 'Data transfer',
};

/** The list shows at most this many functions, tables and buckets. */
const RESOURCES_SHOWN = 8;

/** `$0.04`, `$1,051.20`; less than a cent is shown as `<$0.01`. */
export function dollars(amount: number): string {
  if (amount > 0 && amount < 0.01) {
    return '<$0.01';
  }
  const [whole = '', cents = ''] = amount.toFixed(2).split('.');
  return `$${formatCount(Number(whole))}.${cents}`;
}

/** The load and its cost in one line, visible and for screen readers. */
export function costHeadline(events: number, { monthlyDollars }: LevelEstimate): Markup {
  const each = events === 0 ? 0 : (monthlyDollars / events) * 1e6;
  return markup`<b class="total">${dollars(monthlyDollars)}</b> <span>a month at ${formatInWords(events)} events, ${dollars(each)} a million</span>`;
}

/** The slider’s value for screen readers. */
export function spokenCost(events: number, { monthlyDollars }: LevelEstimate): string {
  return `${formatInWords(events)} events, ${dollars(monthlyDollars)} a month`;
}

/** One bar, divided by service. */
export function costBar({ parts, monthlyDollars }: LevelEstimate): Markup {
  let x = 0;
  const pieces = byService(parts).map(([service, sum]) => {
    const width = monthlyDollars === 0 ? 0 : (sum / monthlyDollars) * 1000;
    const piece = markup`<rect class="of-${service}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="14"/>`;
    x += width;
    return piece;
  });
  return markup`<svg class="cost-bar" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">${pieces}</svg>
    <ul class="services">${byService(parts).map(
      ([service, sum]) =>
        markup`<li><i class="swatch of-${service}"></i>${SERVICES[service] ?? service} <b>${dollars(sum)}</b></li>`,
    )}</ul>`;
}

/** Everything that is billed, by part. */
export function costTables({ parts, monthlyDollars }: LevelEstimate): Markup {
  return markup`${partsTable(parts, monthlyDollars)}${resourcesTable(parts)}`;
}

function partsTable(parts: readonly CostPart[], monthlyDollars: number): Markup {
  const prices = new Map<string, CostPart[]>();
  parts.forEach((part) => prices.set(part.price, [...(prices.get(part.price) ?? []), part]));
  const rows = [...prices.values()]
    .map((group) => ({ group, sum: sumOf(group) }))
    .sort((a, b) => b.sum - a.sum);
  return table(
    'What a month costs, by part',
    [
      { title: 'Part' },
      { title: 'Quantity', numeric: true },
      { title: 'Unit price', numeric: true },
      { title: 'Dollars', numeric: true },
      { title: 'Share', numeric: true },
    ],
    rows.map(({ group: [first, ...others], sum }) => {
      const quantity = others.reduce((total, part) => total + part.quantity, first?.quantity ?? 0);
      const service = first?.service ?? '';
      return {
        cells: [
          markup`<i class="swatch of-${service}"></i>${SERVICES[service] ?? service}: ${first?.what}`,
          `${quantities(quantity)} ${first?.unit ?? ''}`,
          unitPrice(quantity === 0 ? 0 : sum / quantity),
          dollars(sum),
          share(sum, monthlyDollars),
        ],
      };
    }),
  );
}

/** What costs most, by function, table and bucket. */
function resourcesTable(parts: readonly CostPart[]): Markup {
  const sums = new Map<string, number>();
  parts.forEach(({ resource = '', dollars: sum }) =>
    sums.set(resource, (sums.get(resource) ?? 0) + sum),
  );
  const sorted = [...sums].sort(([, a], [, b]) => b - a);
  const total = sorted.reduce((sum, [, each]) => sum + each, 0);
  const rest = sorted.slice(RESOURCES_SHOWN);
  const rows = sorted.slice(0, RESOURCES_SHOWN).map(([resource, sum]) => ({
    cells: [
      resource === '' ? 'the app as a whole' : markup`<span class="name">${resource}</span>`,
      dollars(sum),
      share(sum, total),
    ],
  }));
  const others = rest.reduce((sum, [, each]) => sum + each, 0);
  return markup`<h3>What costs most</h3>${table(
    'What a month costs, by function, table and bucket',
    [{ title: 'Part' }, { title: 'Dollars', numeric: true }, { title: 'Share', numeric: true }],
    rest.length === 0
      ? rows
      : [...rows, { cells: [`${rest.length} others`, dollars(others), share(others, total)] }],
  )}`;
}

/** Services by cost, the highest first. */
export function byService(parts: readonly CostPart[]): ReadonlyArray<readonly [string, number]> {
  const sums = new Map<string, number>();
  parts.forEach(({ service, dollars: sum }) => sums.set(service, (sums.get(service) ?? 0) + sum));
  return [...sums].sort(([, a], [, b]) => b - a);
}

function sumOf(parts: readonly CostPart[]): number {
  return parts.reduce((sum, part) => sum + part.dollars, 0);
}

function share(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  return percent > 0 && percent < 0.5 ? '<1 %' : `${Math.round(percent)} %`;
}

function quantities(quantity: number): string {
  return quantity >= 1000 ? formatInWords(quantity) : String(Number(quantity.toPrecision(3)));
}

/** `$0.20 a million`, if one unit costs a tiny fraction of a dollar. */
function unitPrice(price: number): string {
  return price < 0.001 ? `$${digits(price * 1e6)} a million` : `$${digits(price)}`;
}

function digits(price: number): string {
  const shown = Number(price.toPrecision(3));
  return Number.isInteger(shown * 10) || shown < 0.01
    ? String(shown)
    : shown.toFixed(shown < 1 ? 3 : 2).replace(/0$/, '');
}
