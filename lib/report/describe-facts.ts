import {
  AccessFacts,
  AppModel,
  ColdStartFacts,
  FunctionFacts,
  RolloutFacts,
  TriggerFacts,
} from '../model/app-model';
import { lastPart, readable } from './text';

/** What runs a function, in a few words. */
export function describeTrigger({ kind, source, details }: TriggerFacts): string {
  switch (kind) {
    case 'http':
      return readable(source);
    case 'tableChanges':
      return `changes of ${lastPart(readable(source))}`;
    case 'objectCreated': {
      const keys = `${text(details['prefix'])}*${text(details['suffix'])}`;
      return `objects of ${lastPart(readable(source))}${keys === '*' ? '' : ` (${keys})`}`;
    }
    case 'schedule':
      return [
        readable(source),
        text(details['timeZone']),
        details['enabled'] === false ? '(off)' : '',
      ]
        .filter((part) => part !== '')
        .join(' ');
    default:
      return `${kind}: ${lastPart(readable(source))}`;
  }
}

/** Whether anybody may call it. */
export function isOpen({ kind, details }: TriggerFacts): boolean {
  return kind === 'http' && details['authorization'] === 'NONE';
}

const VERBS: Readonly<Record<string, string>> = {
  read: 'reads',
  write: 'writes',
  readWrite: 'reads and writes',
};

/** `reads Orders`. */
export function describeAccess({ level, path }: AccessFacts): string {
  return `${VERBS[level] ?? level} ${lastPart(path)}`;
}

/** Where an event ends that the function could not process, by what runs it. */
export type FailureTarget = 'caller' | 'queue' | 'bucket' | 'own' | 'trigger';

/** By what runs the function; `onFailure` of the function itself goes before the app's queue. */
export function failureTargets(model: AppModel, fn: FunctionFacts): FailureTarget[] {
  const own = ownDestination(model, fn);
  const targets = fn.triggers.map(({ kind, invocation }): FailureTarget => {
    if (invocation === 'synchronous') {
      return 'caller';
    }
    if (invocation === 'asynchronous') {
      return own ? 'own' : 'queue';
    }
    return kind === 'tableChanges' ? 'bucket' : 'trigger';
  });
  // Without a trigger it counts as invoked asynchronously.
  return [...new Set(targets.length === 0 ? [own ? 'own' : 'queue'] : targets)] as FailureTarget[];
}

/** The same in words. */
export function describeFailures(model: AppModel, fn: FunctionFacts): string {
  const words: Readonly<Record<FailureTarget, string>> = {
    caller: 'the caller sees the error',
    queue: model.failureQueue === undefined ? 'the failure queue' : model.failureQueue.id,
    bucket:
      model.failureBucket === undefined
        ? 'the failure bucket'
        : `${model.failureBucket.id}, whole${model.failureBucket.made ? ', which tells the failure queue' : ''}`,
    own: 'a destination of its own (onFailure)',
    trigger: 'as its own trigger says',
  };
  return failureTargets(model, fn)
    .map((target) => words[target])
    .join('; ');
}

/** What is done about cold starts; nothing is said of what is usual. */
export function describeColdStart({ kind, min, max, schedules = [] }: ColdStartFacts): string {
  if (kind === 'provisioned') {
    const units = [min, max].filter((bound) => bound !== undefined).map(readable);
    return `${units.join(' to ')} ready${schedules.length > 0 ? ', by schedule' : ''}`;
  }
  return kind === 'snapStart' ? 'from a snapshot' : '';
}

export function describeRollout({ kind, percent, intervalMinutes }: RolloutFacts): string {
  if (percent === undefined || intervalMinutes === undefined) {
    return '';
  }
  const [share, minutes] = [readable(percent), readable(intervalMinutes)];
  return kind === 'linear'
    ? `${share} % more every ${minutes} min`
    : `${share} % for ${minutes} min, then all`;
}

function ownDestination(model: AppModel, fn: FunctionFacts): boolean {
  const at = [`functions.${fn.id}`, 'functionDefaults'];
  return model.defaults.some(({ changed }) =>
    changed.some((change) => change.prop === 'onFailure' && at.includes(change.at)),
  );
}

function text(value: unknown): string {
  return value === undefined ? '' : readable(value);
}
