/**
 * Mutants that no test can see, since they change nothing that anyone could, each with the reason: `what stands there → what it
 * becomes`, by file. What survives and does not stand here is named by `npm run test:mutation`.
 */

const FIRST_IS_SKIPPED =
  'only stands for the compiler: of what matched nothing, the first element is skipped, and there is no other';
const NEVER_MISSING = 'only stands for the compiler: there always is one';
const NEVER_ABOVE = 'only stands for the compiler: nothing is above or below what is undefined';
const NEVER_LARGE = 'the number that stands for a Token is below all others, so no limit is met';
const ONLY_TIME = 'only saves time: what is kept is what would be calculated again';
const SKIPPED_LATER =
  'text has none of the fields that are looked for, so it is left out like nothing';

/** @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
export const SURVIVORS = {
  'lib/monitoring/private/alarm-rules.ts': {
    'period === undefined → false':
      'a bound that is calculated of no period is NaN, which nothing is above',
  },
  'lib/cost/bill.ts': {
    '[] → ["Stryker was here"]': 'a quantity that is NaN makes no part either',
    'item.quantity > 0 → item.quantity >= 0': 'of no quantity there are no dollars, and so no part',
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
  'lib/bundling/externals.ts': {
    '[] → ["Stryker was here"]': 'no module is called so',
  },
  'lib/bundling/import-clauses.ts': {
    '[] → ["Stryker was here"]': NEVER_MISSING,
    '/^([^{]*?),?\\s*(?:\\{([^}]*)\\})?\\s*$/ → /([^{]*?),?\\s*(?:\\{([^}]*)\\})?\\s*$/':
      'what is found first begins where the text does',
  },
  'lib/bundling/module-paths.ts': { 'found === undefined → true': ONLY_TIME },
  'lib/function/private/cold-start-rules.ts': {
    'start !== undefined && end !== undefined → true': NEVER_ABOVE,
    'start !== undefined && end !== undefined → start !== undefined || end !== undefined':
      NEVER_ABOVE,
    'start !== undefined → true': NEVER_ABOVE,
    'end !== undefined → true': NEVER_ABOVE,
    'max !== undefined && !Token.isUnresolved(min) → true': NEVER_ABOVE,
    'max !== undefined && !Token.isUnresolved(min) → max !== undefined || !Token.isUnresolved(min)':
      NEVER_ABOVE,
    'max !== undefined → true': NEVER_ABOVE,
    'schedules[i]?.schedule → schedules[i].schedule': NEVER_MISSING,
  },
  'lib/function/private/function-rules.ts': {
    '[] → ["Stryker was here"]': 'one layer is never there twice',
    'handler !== undefined → true': 'as text, undefined is a name that an export may have',
  },
  'lib/function/private/rollout-rules.ts': {
    'Token.isUnresolved(percent) || interval.isUnresolved() → false': NEVER_LARGE,
    'Token.isUnresolved(percent) || interval.isUnresolved() → Token.isUnresolved(percent) && interval.isUnresolved()':
      NEVER_LARGE,
    '{ return; } → {}': NEVER_LARGE,
  },
  'lib/guard/deployed-size.ts': {
    "['', undefined] → []": 'of no entries neither is used, since there is not one entry',
  },
  'lib/guard/event-loop.ts': { 'loop[0]?.writer → loop[0].writer': NEVER_MISSING },
  'lib/guard/flows.ts': {
    '[] → ["Stryker was here"]':
      'a function that is none runs nobody, and so is in no circle; a step always has followers',
  },
  'lib/core/deterministic-name.ts': { 'suffix === undefined → true': ONLY_TIME },
  'lib/core/changed-defaults.ts': {
    '[] → ["Stryker was here"]': 'a change of no part of the table is in no line of it',
  },
  'lib/core/names.ts': {
    'parts[parts.length - 1]?.toLowerCase → parts[parts.length - 1].toLowerCase': NEVER_MISSING,
  },
  'lib/model/shard-of.ts': {
    'count < max → count <= max':
      'where none before it does, the largest number is the answer anyway',
  },
  'lib/storage/table-rules.ts': {
    '[] → ["Stryker was here"]': 'an index or a replica that is text has none of the props',
  },
  'lib/estimate/usage-model.ts': {
    'below !== undefined → true': 'the amount at no level is NaN, which is above none',
  },
  'lib/scaling/load-stages.ts': {
    'units === 0 → false':
      'divided by 0 it is endless too, and of 0 and 0 NaN, which is below nothing',
  },
  'lib/scaling/provisioned.ts': {
    '[] → ["Stryker was here"]': 'a schedule that is text has neither number',
  },
  'lib/scaling/simulate-load.ts': {
    'served.length < last → served.length <= last': 'a tenth of a second more in six hours',
    'served.length < steps → served.length <= steps': 'one step more, in which nothing comes',
    'value > ROUNDING → value >= ROUNDING': 'no share is just as small as that',
    'waiting > ROUNDING → true': 'only saves time: where nothing waits, nothing more is held back',
    'waiting > ROUNDING → waiting >= ROUNDING': 'what waits is never just as little as that',
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
  'lib/http/http-rules.ts': {
    'path !== undefined && !Token.isUnresolved(path) → true':
      'as text, undefined has no slash at its ends, and neither has a Token',
    'path !== undefined && !Token.isUnresolved(path) → path !== undefined || !Token.isUnresolved(path)':
      'as text, undefined has no slash at its ends, and neither has a Token',
    'path !== undefined → true': 'as text, undefined has no slash at its ends',
  },
  'lib/core/schedule-rules.ts': { "[undefined, 'UTC'] → []": ONLY_TIME },
};
