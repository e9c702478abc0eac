import { describeTrigger, kindOf } from '../../lib/kinds/trigger-kinds';
import type { AppModel, FunctionModel } from '../../lib/model/app-model';
import { formatValue } from '../../lib/model/format-value';
import { describeAccess } from '../../lib/report/describe-function';
import type { SourceFacts } from './source-facts';

/** Something that binds a function to AWS. */
export interface Tie {
  readonly kind: 'trigger' | 'caller' | 'handler' | 'import' | 'access' | 'runtime' | 'workflow';
  readonly what: string;
}

/** What binds one function to AWS, and what does not. */
export interface FunctionPortability {
  readonly id: string;
  /** Whether nothing binds the function to AWS. */
  readonly portable: boolean;
  readonly ties: readonly Tie[];
  /** The parts that run anywhere. */
  readonly free: readonly string[];
}

export interface AppPortability {
  /** The construct path. */
  readonly app: string;
  readonly functions: readonly FunctionPortability[];
}

/** Lists what binds each function of an app to AWS. */
export function portabilityOf(
  model: AppModel,
  facts: ReadonlyMap<string, SourceFacts | undefined>,
): AppPortability {
  const functions = model.functions.map((fn) => {
    const found = facts.get(fn.path);
    const ties = [
      ...triggerTies(fn),
      ...(model.workflows ?? [])
        .filter(({ tasks }) => tasks.includes(fn.id))
        .map(({ id }): Tie => ({ kind: 'workflow', what: `a step of ${id}` })),
      ...sourceTies(fn, found),
      ...fn.access.map((it): Tie => ({ kind: 'access', what: describeAccess(it) })),
    ];
    return { id: fn.id, portable: ties.length === 0, ties, free: freeParts(fn, found) };
  });
  return { app: model.app.path, functions };
}

function isRequest(trigger: FunctionModel['triggers'][number]): boolean {
  return kindOf(trigger).streamsResponse !== undefined;
}

function triggerTies({ triggers }: FunctionModel): Tie[] {
  return triggers.flatMap((trigger): Tie[] => {
    const what = describeTrigger(trigger);
    if (!isRequest(trigger)) {
      return [{ kind: 'trigger', what }];
    }
    const { authorization, apiKey } = trigger.details;
    const how =
      authorization === 'NONE' ? (apiKey === true ? 'API key' : undefined) : authorization;
    return how === undefined
      ? []
      : [{ kind: 'caller', what: `AWS checks the callers of ${what} (${formatValue(how)})` }];
  });
}

function sourceTies(fn: FunctionModel, found: SourceFacts | undefined): Tie[] {
  if (!fn.runtime.startsWith('nodejs')) {
    return [{ kind: 'runtime', what: `it is written for Lambda’s ${fn.runtime}` }];
  }
  const style: Tie[] =
    found?.style === 'fetch'
      ? []
      : [
          {
            kind: 'handler',
            what:
              found === undefined
                ? 'its sources are not here, so its handler is assumed to have Lambda’s form'
                : `\`${fn.handler}(event, context)\` is Lambda’s form`,
          },
        ];
  const imports = [...(found?.imports ?? [])].map(([name, file]): Tie => ({
    kind: 'import',
    what: `${name} in ${file}`,
  }));
  return [...style, ...imports];
}

function freeParts(fn: FunctionModel, found: SourceFacts | undefined): string[] {
  return [
    ...fn.triggers.filter(isRequest).map(describeTrigger),
    ...(found?.style === 'fetch' ? ['`fetch(request)` is the web’s standard form'] : []),
  ];
}

/** The same, as text. */
export function formatPortability({ app, functions }: AppPortability): string {
  const lines = functions.flatMap(({ id, portable, ties, free }) => [
    `  ${id}: ${portable ? 'nothing binds it to AWS' : 'bound to AWS'}`,
    ...ties.map(({ kind, what }) => `    - ${kind}: ${what}`),
    ...free.map((what) => `    + runs anywhere: ${what}`),
  ]);
  const count = functions.filter(({ portable }) => portable).length;
  return `${app}: ${count} of ${functions.length} ${functions.length === 1 ? 'function' : 'functions'} not bound to AWS\n${lines.join('\n')}\n`;
}
