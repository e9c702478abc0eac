import { kindOf } from '../kinds/trigger-kinds';
import { HTTP_KIND } from '../kinds/http-kind';
import { AppModel, LevelModel, TriggerModel, WorkflowModel } from '../model/app-model';
import { resolvedNumber } from '../model/resolved';
import { LevelName } from './app-estimate';
import { BillItem, toBillItem } from './bill';
import { amountsOf, EXPRESS_MEMORY_GB, FUNCTION_USAGE, WORKFLOW_USAGE } from './usage-defaults';

const MS = 1000;

/** What workflows cost: the delivery of what starts them, and their executions. Requests that start them are items of the API. */
export function workflowItems(model: AppModel, level: LevelName): BillItem[] {
  return (model.workflows ?? []).flatMap((workflow) => {
    const starts = workflow.triggers.map((trigger) => ({
      trigger,
      events: startsOf(trigger, level),
    }));
    const delivery = starts
      .filter(({ trigger }) => trigger.kind !== HTTP_KIND.kind)
      .flatMap((load) => {
        const { itemBytes, responseBytes } = FUNCTION_USAGE;
        return kindOf(load.trigger).billItems?.({ ...load, itemBytes, responseBytes }, model) ?? [];
      });
    const executions = starts.reduce((sum, { events }) => sum + events, 0);
    return [...delivery.map(toBillItem), ...executionItems(workflow, executions)];
  });
}

function executionItems(
  { id: resource, express, transitions, durationMs }: WorkflowModel,
  executions: number,
): BillItem[] {
  if (express !== true) {
    const each = resolvedNumber(transitions) ?? WORKFLOW_USAGE.transitions;
    return [{ price: 'stepFunctions.transitions', resource, quantity: executions * each }];
  }
  const seconds = (resolvedNumber(durationMs) ?? WORKFLOW_USAGE.durationMs) / MS;
  return [
    { price: 'stepFunctions.expressRequests', resource, quantity: executions },
    {
      price: 'stepFunctions.expressDuration',
      resource,
      quantity: executions * seconds * EXPRESS_MEMORY_GB,
    },
  ];
}

/** The starts in a month: calculated for a schedule, otherwise the user's amount or the default of the kind. */
function startsOf(trigger: TriggerModel, level: LevelName): number {
  const { clock, monthlyEvents } = kindOf(trigger);
  if (trigger.details['enabled'] === false) {
    return 0;
  }
  const given = trigger.details['monthlyEvents'] as LevelModel | undefined;
  return clock?.eventsAMonth(trigger) ?? amountsOf(given, monthlyEvents)[level];
}

/** The assumptions about workflows, as sentences. */
export function workflowAssumptions({ workflows = [] }: AppModel): string[] {
  return workflows.length === 0
    ? []
    : [
        'each execution of a workflow enters each of its states once',
        ...workflows
          .filter(({ transitions, express }) => express !== true && transitions === undefined)
          .map(
            ({ id }) =>
              `the definition of \`${id}\` is unknown: it counts as ${WORKFLOW_USAGE.transitions} transitions`,
          ),
      ];
}
