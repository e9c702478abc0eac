import { FailureTarget } from '../kinds/trigger-kind';
import { kindOf } from '../kinds/trigger-kinds';
import {
  AccessModel,
  AppModel,
  ColdStartModel,
  ForwardModel,
  FunctionModel,
  RolloutModel,
} from '../model/app-model';
import { formatValue, lastPart, secondsInWords } from '../model/format-value';

const VERBS: Readonly<Record<string, string>> = {
  read: 'reads',
  write: 'writes',
  readWrite: 'reads and writes',
  send: 'sends to',
  receive: 'receives messages from',
  publish: 'publishes to',
  put: 'puts events on',
  invoke: 'calls',
  start: 'starts',
  sendEmail: 'sends email as',
  administer: 'administers',
};

/** `reads Orders`, `writes Uploads (out/*)`, `reads Orders (through a CDK grant)`. */
export function describeAccess({ level, path, part, byCdk }: AccessModel): string {
  const more = [
    part === undefined ? '' : formatValue(part),
    byCdk === true ? 'through a CDK grant' : '',
  ].filter((text) => text !== '');
  const verb = Object.hasOwn(VERBS, level) ? VERBS[level] : level;
  return `${verb} ${lastPart(path)}${more.length === 0 ? '' : ` (${more.join('; ')})`}`;
}

const FORWARD_VERBS: Readonly<Record<ForwardModel['kind'], string>> = {
  queue: 'sends to',
  eventBus: 'puts an event on',
  stateMachine: 'starts',
};

/** `sends to Jobs, grouped by {id} of the path`. */
export function describeForward({ kind, path, messageGroup }: ForwardModel): string {
  const group = messageGroup === undefined ? '' : `, grouped by ${messageGroup}`;
  return `${FORWARD_VERBS[kind]} ${lastPart(path)}${group}`;
}

/** Where failed events go. `own` stands for the function’s own `onFailure`. */
export type FunctionFailureTarget = FailureTarget | { readonly to: 'own' };

/** The targets of events that the function cannot process, each once. The function’s own `onFailure` replaces the failure queue. */
export function failureTargets(model: AppModel, fn: FunctionModel): FunctionFailureTarget[] {
  const own = hasOnFailure(model, fn);
  const targets = new Map<string, FunctionFailureTarget>();
  // A function without a trigger counts as invoked asynchronously.
  const all: readonly FailureTarget[] =
    fn.triggers.length === 0
      ? [{ to: 'failureQueue' }]
      : fn.triggers.map((trigger) => kindOf(trigger).failsTo(trigger));
  for (const target of all) {
    targets.set(
      JSON.stringify(target),
      own && target.to === 'failureQueue' ? { to: 'own' } : target,
    );
  }
  return [...targets.values()];
}

/** The same targets, as text. */
export function describeFailures(model: AppModel, fn: FunctionModel): string {
  return failureTargets(model, fn)
    .map((target) => describeTarget(target, model))
    .join('; ');
}

function describeTarget(
  target: FunctionFailureTarget,
  { failureQueue, failureBucket }: AppModel,
): string {
  switch (target.to) {
    case 'caller':
      return 'the caller gets the error';
    case 'nobody':
      return 'lost: nobody waits, and it is not tried again';
    case 'failureQueue':
      return failureQueue?.id ?? 'the failure queue';
    case 'failureBucket':
      return failureBucket === undefined
        ? 'the failure bucket'
        : `${failureBucket.id}, with the whole record${failureBucket.made ? '; it notifies the failure queue' : ''}`;
    case 'deadLetterQueue':
      return `${lastPart(target.path)}, the dead-letter queue`;
    case 'own':
      return 'the function’s own `onFailure`';
    case 'trigger':
      return 'as the trigger configures it';
  }
}

/** How the function handles cold starts; empty for the default. */
export function describeColdStart({ kind, min, max, schedules = [] }: ColdStartModel): string {
  if (kind === 'provisioned') {
    const units = [min, max].filter((bound) => bound !== undefined).map(formatValue);
    return `${units.join(' to ')} ready${schedules.length > 0 ? ', by schedule' : ''}`;
  }
  return kind === 'snapStart' ? 'from a snapshot' : '';
}

/** How long an execution of a durable function may take; empty for any other function. */
export function describeDurable({ durable }: FunctionModel): string {
  return durable === undefined
    ? ''
    : `durable: an execution may take ${secondsInWords(durable.executionTimeoutSeconds)}`;
}

/** How a new version receives traffic; empty if all at once. */
export function describeRollout({ kind, percent, intervalMinutes }: RolloutModel): string {
  if (percent === undefined || intervalMinutes === undefined) {
    return '';
  }
  const [share, minutes] = [formatValue(percent), formatValue(intervalMinutes)];
  return kind === 'linear'
    ? `${share} % more every ${minutes} min`
    : `${share} % for ${minutes} min, then all`;
}

function hasOnFailure(model: AppModel, fn: FunctionModel): boolean {
  const at = [`functions.${fn.id}`, 'functionDefaults'];
  return model.defaults.some(({ changed }) =>
    changed.some((change) => change.prop === 'onFailure' && at.includes(change.at)),
  );
}
