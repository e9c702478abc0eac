import * as events from 'aws-cdk-lib/aws-events';
import type { IConstruct } from 'constructs';
import { AppContext } from '../../core/app-context';
import type { TriggerConfig } from '../../core/contract';
import { freeId } from '../../core/names';
import { levelModel } from '../../estimate/usage-model';
import { Failures } from '../../failure/failures';
import { defaultEventBus } from '../../storage/app-event-bus';
import type { RuleListener } from '../event-target';
import { requireSource } from '../source-rules';
import {
  checkedPattern,
  checkFields,
  conditionOf,
  matchesEverything,
  RenderedPattern,
} from './event-pattern';
import type { EventTriggerOptions } from './event-options';
import { warn } from '../../core/messages';

/** Runs a listener on events of a bus: checks the pattern, and adds a rule. Returns its source and details for the model. */
export function addEventRule(
  { scope, check, target }: RuleListener,
  eventPattern: events.EventPattern,
  options: EventTriggerOptions & { readonly enabled: boolean },
): Pick<TriggerConfig, 'source' | 'details'> {
  const { eventBus, input, retryPolicy, enabled, monthlyEvents } = options;
  checkFields(eventPattern, check);
  const pattern = checkedPattern(scope, eventPattern, check.at('pattern'));
  if (eventBus !== undefined) {
    requireSource(scope, eventBus, 'eventBus', check);
  }
  Failures.of(scope).letEventBridgeSend();
  const id = freeId(scope, ruleId(pattern, eventBus));
  const rule = check.withPropPath(
    'pattern',
    () =>
      new events.Rule(scope, id, {
        description: `Runs ${scope.node.path}`.slice(0, 512),
        eventBus,
        eventPattern,
        enabled,
        targets: [target(id, { input, ...retryPolicy })],
      }),
  );
  warnOfEverything(rule, pattern, scope);
  return {
    source: (eventBus ?? defaultEventBus(AppContext.of(scope).app)).node.path,
    details: {
      sources: conditionOf(pattern, 'source'),
      detailTypes: conditionOf(pattern, 'detail-type'),
      ofDefaultBus: eventBus === undefined ? true : undefined,
      transformed: input === undefined ? undefined : true,
      enabled: enabled ? undefined : false,
      monthlyEvents: levelModel(monthlyEvents, check.at('monthlyEvents')),
    },
  };
}

/** The id is derived from the bus, the sources and the detail types, so a change of other fields does not replace the rule. */
function ruleId(pattern: RenderedPattern, eventBus: events.IEventBus | undefined): string {
  const named = [pattern['source'], pattern['detail-type']].flatMap((value) =>
    (Array.isArray(value) ? value : []).map((one) =>
      typeof one === 'string' ? one : JSON.stringify(one),
    ),
  );
  const id = ['Event', ...(eventBus === undefined ? [] : [eventBus.node.id]), ...named].join('-');
  return id.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 200);
}

function warnOfEverything(rule: events.Rule, pattern: RenderedPattern, scope: IConstruct): void {
  if (matchesEverything(pattern)) {
    warn(
      rule,
      'cdk-serverless-app:event-pattern-matches-everything',
      `${scope.node.path}: the event pattern matches every event of its bus, and each runs the function: select them by ` +
        '`source`, `detailType` or `detail`, or acknowledge this warning with the reason',
    );
  }
}
