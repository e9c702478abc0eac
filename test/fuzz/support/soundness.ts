import { danglingReferences, findCycle } from '../../support/template-graph';
import type { TemplateJson } from '../../support/synth';
import type { AppSpec } from '../generators/app-spec';
import { undocumentedIds } from './documented-ids';
import { Outcome, outcomeOf } from './outcome';
import { validationErrors } from './validation';

/** Throws unless an app is refused by the library itself, or its templates are sound and the same each time. */
export function requireSound(spec: AppSpec): Outcome {
  const outcome = outcomeOf(spec);
  const again = outcomeOf(spec);
  if (JSON.stringify(outcome) !== JSON.stringify(again)) {
    throw new Error(`two runs differ:\n${JSON.stringify(outcome)}\n${JSON.stringify(again)}`);
  }
  if ('files' in outcome) {
    const faults = [...templateFaults(outcome.files), ...validationErrors(outcome.files)];
    if (faults.length > 0) {
      throw new Error(`the template is not sound: ${faults.join('; ')}`);
    }
  }
  return outcome;
}

function templateFaults(files: Readonly<Record<string, string>>): string[] {
  return Object.entries(files)
    .filter(([name]) => name.endsWith('.template.json'))
    .flatMap(([name, text]) => {
      const template = JSON.parse(text) as TemplateJson;
      const cycle = findCycle(template);
      return [
        ...(cycle === undefined ? [] : [`${name} has a cycle: ${cycle.join(' -> ')}`]),
        ...danglingReferences(template).map((id) => `${name} names ${id}, which is not there`),
        ...undocumentedIds(template).map((id) => `${name} has ${id}, which no document names`),
      ];
    });
}
