import { EDITS } from '../test/aws/edits';
import type { Edit, Trouble } from '../test/aws/edits/edit';

/** docs/updates.md: the edits that test/aws/edit-matrix.test.ts tries, and what to do instead of those with an unwanted effect. */
export function renderUpdatesPage(): string {
  return `${[
    '<!-- Made by `npm run docs` from test/aws/edits/ and scripts/updates-page.ts. -->',
    '',
    '# Changing a deployed app',
    '',
    'CloudFormation first creates and updates resources, and only then deletes those that were removed. So a deployment fails if a new resource has the',
    'name or key of an old one. If a create-only property changes, CloudFormation replaces the resource with an empty one.',
    '`npx serverless-app diff` reports both before you deploy ([cli.md](cli.md#before-a-deployment)).',
    '',
    'The [edit matrix](../test/aws/edit-matrix.test.ts) tests the edits below on the templates of a production app. An edit in one of the tables has the',
    'stated effect if you make it in one deployment. All other edits are safe.',
    '',
    '## What always applies',
    '',
    '- In production, tables, buckets, queues and log groups that you remove from the app stay in the account with their contents. If you add such a table',
    '  again, CloudFormation creates a new one. The name of a bucket from `addBucket` is derived from its path and the stack, so to add the bucket again, deploy',
    '  with `cdk deploy --import-existing-resources`. CloudFormation generates all other names, except for functions in shards, event buses, and the parts of a site.',
    '- CloudFormation rolls back a failed deployment and deletes what it created, except for tables, which have deletion protection.',
    '- A function, schedule or trigger with a new id is a new resource. Events that Lambda accepted for the old function but has not yet processed are lost',
    '  with it. For a few seconds both the old and the new schedule exist, so a run can happen twice.',
    '',
    '## The first failed production deployment',
    '',
    'If a resource cannot be created, CloudFormation rolls back. The stack is then in `ROLLBACK_COMPLETE`: it has a name and a template, but none',
    'of its resources. `npx cdk deploy` deletes such a stack and creates it again, so correct the cause and deploy.',
    '',
    '| | after the rollback | what to do |',
    '|---|---|---|',
    '| log groups, buckets, queues | deleted: their policy is `RetainExceptOnCreate` | Usually nothing. If somebody has written to a bucket in the meantime, CloudFormation cannot delete it, and the stack ends in `ROLLBACK_FAILED`: empty the bucket and delete the stack. |',
    '| tables | kept: they have deletion protection, and their policy is `Retain` | Delete each table that is empty; otherwise it stays in the account with its backups: `aws dynamodb update-table --table-name <name> --no-deletion-protection-enabled`, then `aws dynamodb delete-table --table-name <name>`. The stack’s events show the names. |',
    '| a table with a `tableName` | kept under its name, so the next deployment fails (“already exists”) | Delete it as above, or deploy with `cdk deploy --import-existing-resources`. |',
    '| the key of the alarm topic | deleted 7 days later | Nothing. AWS does not charge for it until then. |',
    '| everything else | deleted | Nothing. |',
    '',
    'Of these names, only a `tableName` conflicts with the next deployment: CloudFormation generates the others, or derives them from the stack’s id, which',
    'is new. To keep what was created, deploy with `npx cdk deploy --no-rollback`, correct the cause, and deploy again. `npx serverless-app diff`',
    'treats a stack in `ROLLBACK_COMPLETE` as not deployed.',
    '',
    ...Object.entries(EDITS).flatMap(([title, edits]) => section(title, edits)),
  ]
    .join('\n')
    .trim()}\n`;
}

function section(title: string, edits: readonly Edit[]): string[] {
  const troubled = edits.flatMap(({ name, trouble }) =>
    trouble === undefined ? [] : [row(name, trouble)],
  );
  const fine = edits.filter(({ trouble }) => trouble === undefined).map(({ name }) => name);
  return [
    `## ${title}`,
    '',
    ...(troubled.length === 0
      ? []
      : ['| edit | what happens | instead |', '|---|---|---|', ...troubled, '']),
    ...(fine.length === 0 ? [] : [`Safe in one deployment: ${fine.join('; ')}.`, '']),
  ];
}

function row(name: string, { kinds, what, instead }: Trouble): string {
  const named = kinds.map((kind) => `\`${kind}\``).join(', ');
  return `| ${name} | ${named}: ${what} | ${instead} |`;
}
