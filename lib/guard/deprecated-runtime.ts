import { Found, Guard } from './guard';
import { FunctionInput } from './guard-input';
import data from './runtimes.json';

interface Lifecycle {
  readonly deprecated: string;
  readonly createBlocked?: string;
  readonly updateBlocked?: string;
  readonly successor?: string;
}

const RUNTIMES: Readonly<Record<string, Lifecycle | undefined>> = data.runtimes;

/** A deprecated runtime. The dates are in runtimes.json, with their source and the day they were read. */
export const deprecatedRuntime: Guard = {
  id: 'deprecated-runtime',
  severities: ['error', 'warning'],
  what: 'A function whose runtime Lambda has deprecated: a warning from the deprecation date, an error from the date on which Lambda stops accepting updates.',
  why: 'A deprecated runtime gets no security patches. Later, Lambda rejects new functions with this runtime, and then also updates of existing ones. AWS sometimes moves these dates.',
  fix: 'Use the runtime named in the message.',
  accept: 'The upgrade is planned.',
  source: data.source,
  check: ({ functions, today }) => functions.flatMap((fn) => foundOf(fn, today)),
};

function foundOf({ id, runtime = '' }: FunctionInput, today: string): Found[] {
  const dates = Object.hasOwn(RUNTIMES, runtime) ? RUNTIMES[runtime] : undefined;
  if (dates === undefined || today < dates.deprecated) {
    return [];
  }
  const { deprecated, createBlocked, updateBlocked, successor } = dates;
  const says = [
    `deprecated since ${deprecated}`,
    ...blocking('new function', createBlocked, today),
    ...blocking('update', updateBlocked, today),
  ];
  return [
    {
      severity: isPast(updateBlocked, today) ? 'error' : 'warning',
      prop: `functions.${id}.runtime`,
      function: id,
      rule: 'must be supported by Lambda',
      got: `${runtime}, ${says.join(', ')} (read on ${data.readOn})`,
      remedy: successor === undefined ? 'use a later one' : `use \`${successor}\``,
    },
  ];
}

function blocking(what: string, date: string | undefined, today: string): string[] {
  return date === undefined
    ? []
    : [isPast(date, today) ? `no ${what} since ${date}` : `no ${what} from ${date} on`];
}

/** Dates as text compare like dates; an unknown date has not been reached. */
function isPast(date = 'never', today: string): boolean {
  return date <= today;
}
