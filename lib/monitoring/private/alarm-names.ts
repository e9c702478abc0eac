import { nearest } from '../../props/nearest';
import { AppContext } from '../../core/app-context';
import type { IAppFunction } from '../../core/contract';

/** The alarms of a whole app. The names are contract: users change alarms by them. */
export const APP_ALARMS = [
  'FailuresWaiting',
  'FifoFailuresWaiting',
  'FailedShare',
  'Throttles',
  'ApiErrors',
  'ApiLatency',
  'RunRate',
] as const;

/** The alarms of a thing that has its own clock. The name of one is the function's id and this. */
export const ALARM_KINDS = [
  'StreamAge',
  'MissedSchedule',
  'ProvisionedConcurrencySpillover',
  'NewVersionFails',
  'NewVersionIsSlow',
] as const;

/** The name by which the user changes an alarm. */
export function nameOf(kind: string, fn: IAppFunction | undefined): string {
  return fn === undefined ? kind : `${fn.node.id}${kind}`;
}

/** An error for each name that no alarm of the app has, in whichever stage. */
export function unknownNames(names: readonly string[], { functions, check }: AppContext): string[] {
  const own = functions.flatMap((fn) => ALARM_KINDS.map((kind) => nameOf(kind, fn)));
  const known = [...APP_ALARMS, ...ALARM_KINDS, ...own];
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const remedy = `did you mean \`${nearest(name, known)}\`? docs/alarms.md lists all names`;
      return check.error('alarms', 'must name alarms of the app', name, remedy).message;
    });
}
