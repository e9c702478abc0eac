import { count } from '../text/count';
import type { ImportPlan } from './import-map';
import type { Definition, Note } from './model';
import { canonical } from './canonical';

const TITLES: ReadonlyArray<readonly [Note['kind'], string]> = [
  ['lost', 'Not carried over'],
  ['differs', 'Carried over with differences'],
  ['check', 'To check'],
];

/** The report that `migrate` writes to migration.md. */
export function renderReport(
  definition: Definition,
  notes: readonly Note[],
  { map, unnamed }: ImportPlan,
): string {
  const { functions, resources, origin, file } = definition;
  const triggers = functions.flatMap(({ events }) => events).length;
  const lines = [
    `# Migration of ${file} (${origin})`,
    '',
    `${count(functions.length, 'function')}, ${count(triggers, 'trigger')}, ${count(resources.length, 'resource')}.`,
  ];
  for (const [kind, title] of TITLES) {
    const found = notes.filter((one) => one.kind === kind);
    if (found.length > 0) {
      lines.push('', `## ${title}`, '', ...found.map(({ at, text }) => `- ${at}: ${text}`));
    }
  }
  const imported = Object.entries(map);
  if (imported.length + unnamed.length > 0) {
    lines.push(
      '',
      '## Resources with data',
      '',
      'They keep their logical ids, their names and their settings. Take them over with `cdk import`, as docs/migrating.md says; a deployment without it would',
      'create new, empty ones, or fail if a name is taken.',
      '',
      ...imported.map(
        ([id, keys]) =>
          `- ${id}: ${Object.entries(keys)
            .map(([key, one]) => `${key} ${one}`)
            .join(', ')} (import.json)`,
      ),
      ...unnamed.map(
        ({ logicalId, type }) =>
          `- ${logicalId} (${type}): the source has no name for it; \`aws cloudformation describe-stack-resource --logical-resource-id ${logicalId} --stack-name ${shown(definition)}\` shows its identifier, for which \`cdk import\` asks`,
      ),
    );
  }
  lines.push(
    '',
    '## Created again',
    '',
    'Functions, their roles and logs, the API with its address, subscriptions, rules and schedules. The old stack keeps its own until you remove it: until then both',
    'react to events of a shared queue, topic, stream or schedule.',
    '',
  );
  return lines.join('\n');
}

function shown({ stackName, defaultStage }: Definition): string {
  return canonical(stackName).replaceAll('<stage>', defaultStage);
}
