import { didYouMean } from '../../props/nearest';
import { AppContext } from '../../core/app-context';
import type { IConstruct } from 'constructs';

/** The alarms of a whole app. Their names are public contract: users override alarms by name. */
export const APP_ALARMS = [
  'FailuresWaiting',
  'FifoFailuresWaiting',
  'FailedShare',
  'Throttles',
  'RecursiveLoops',
  'ApiErrors',
  'ApiLatency',
  'WebSocketErrors',
  'RunRate',
] as const;

/** The kinds of alarms that a single function has. Its alarm is named after the function's id and the kind. */
export const ALARM_KINDS = [
  'StreamAge',
  'UrlErrors',
  'DurableExecutionFails',
  'MissedSchedule',
  'ProvisionedConcurrencySpillover',
  'NewVersionFails',
  'NewVersionIsSlow',
] as const;

/** The kinds of alarms that a workflow has. Its alarm is named after the workflow's id and the kind. */
export const WORKFLOW_ALARM_KINDS = ['WorkflowFails'] as const;

export function isOfWorkflow(kind: string): boolean {
  return (WORKFLOW_ALARM_KINDS as readonly string[]).includes(kind);
}

/** The name by which the user overrides the alarm. */
export function nameOf(kind: string, fn: IConstruct | undefined): string {
  return fn === undefined ? kind : `${fn.node.id}${kind}`;
}

/** Returns an error for each name that no alarm of the app has, in either stage. */
export function unknownNames(
  names: readonly string[],
  { functions, check }: AppContext,
  workflows: readonly IConstruct[] = [],
): string[] {
  const own = functions.flatMap((fn) => ALARM_KINDS.map((kind) => nameOf(kind, fn)));
  const ofWorkflows = workflows.flatMap((one) =>
    WORKFLOW_ALARM_KINDS.map((kind) => nameOf(kind, one)),
  );
  const known = [...APP_ALARMS, ...ALARM_KINDS, ...WORKFLOW_ALARM_KINDS, ...own, ...ofWorkflows];
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const remedy = `${didYouMean(name, known, 'leave it out:')} docs/alarms.md lists all names`;
      return check.error('alarms', 'must name alarms of the app', name, remedy).message;
    });
}
