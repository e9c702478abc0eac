/**
 * Mutants that no test can see, since they change nothing that anyone could, each with the reason: `what stands there → what it
 * becomes`, by file. What survives and does not stand here is named by `npm run test:mutation`.
 */

const FIRST_IS_SKIPPED =
  'only stands for the compiler: of what matched nothing, the first element is skipped, and there is no other';
const NEVER_MISSING = 'only stands for the compiler: there always is one';
const ONLY_TIME = 'only saves time: what is kept is what would be calculated again';
const SKIPPED_LATER =
  'text has none of the fields that are looked for, so it is left out like nothing';

/** @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
export const SURVIVORS = {
  'lib/alarm/private/alarm-rules.ts': {
    'period === undefined → false':
      'a bound that is calculated of no period is NaN, which nothing is above',
  },
  'lib/cost/bill.ts': {
    '[] → ["Stryker was here"]': 'a quantity that is NaN makes no part either',
    'dollars > 0 → true': 'of no dollars there is no part: each part is asked again',
    'dollars > 0 → dollars >= 0': 'of no dollars there is no part: each part is asked again',
  },
  'lib/cost/estimate.ts': {
    "typeof region === 'string' → true":
      'what is no text becomes `[object Object]` there, which is no region either',
  },
  'lib/cost/events.ts': {
    'nodes.filter(({ runsBy }) => runsBy.length > 0) → nodes': ONLY_TIME,
    'runsBy.length > 0 → true': ONLY_TIME,
    'runsBy.length > 0 → runsBy.length >= 0': ONLY_TIME,
  },
  'lib/cost/price-list.ts': {
    'services[service]?.[region] → services[service][region]': NEVER_MISSING,
    'tiers[0]?.price → tiers[0].price': NEVER_MISSING,
  },
  'lib/cost/run-rate-expression.ts': { 'terms[0]?.id → terms[0].id': NEVER_MISSING },
  'lib/cost/run-rate.ts': {
    '[] → ["Stryker was here"]': SKIPPED_LATER,
    'buckets[i]?.dollarsPerMillisecond → buckets[i].dollarsPerMillisecond': NEVER_MISSING,
  },
  'lib/cost/standing-concurrency.ts': {
    '[] → ["Stryker was here"]': SKIPPED_LATER,
    'changes[0]?.minute → changes[0].minute': NEVER_MISSING,
  },
  'lib/guard/deployed-size.ts': {
    "['', undefined] → []": 'of no entries neither is used, since there is not one entry',
  },
  'lib/guard/event-loop.ts': { 'loop[0]?.writer → loop[0].writer': NEVER_MISSING },
  'lib/guard/flows.ts': {
    '[] → ["Stryker was here"]':
      'a function that is none runs nobody, and so is in no circle; a step always has followers',
  },
  'lib/schedule/clock-changes.ts': {
    'parts.find((part) => part.type === type)?.value → parts.find(part => part.type === type).value':
      NEVER_MISSING,
    'time < LAST → time <= LAST': 'in the week after no time zone changes its clocks',
    '-change → +change': 'in these years every time zone goes back as far as it goes forward',
  },
  'lib/schedule/cron-fields.ts': {
    '[] → ["Stryker was here"]': FIRST_IS_SKIPPED,
    "[dayOfMonth, month, dayOfWeek, year].join(' ').toUpperCase() → [dayOfMonth, month, dayOfWeek, year].join(' ').toLowerCase()":
      'only compared with others that were made the same way',
    'range === undefined → false': 'only stands for the compiler: the fields were checked before',
  },
  'lib/schedule/events-a-month.ts': {
    '!countedEvents.has(expression) → true': ONLY_TIME,
    'known !== undefined → false': ONLY_TIME,
    '{ return known; } → {}': ONLY_TIME,
    'CYCLE_BEGINS + i → CYCLE_BEGINS - i': 'any 28 years in a row without 1900 or 2100 will do',
  },
  'lib/schedule/longest-gap.ts': { '!known.has(times.dayKey) → true': ONLY_TIME },
  'lib/schedule/rate.ts': { '[] → ["Stryker was here"]': FIRST_IS_SKIPPED },
};
