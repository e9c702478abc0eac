const TIME_ZONE = 'Europe/Warsaw';
const ONE_DAY_MS = 24 * 60 * 60 * 1000;

/** The day of the shop, `2026-11-23`, that a moment belongs to. */
export function dayOf(moment: Date): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: TIME_ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(moment);
}

/** The day before the one that a moment belongs to; also on the days that have 23 or 25 hours. */
export function dayBefore(moment: Date): string {
  const midnight = new Date(`${dayOf(moment)}T00:00:00Z`);
  return new Date(midnight.getTime() - ONE_DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length);
}
