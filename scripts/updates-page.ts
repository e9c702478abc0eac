import { EDITS } from '../test/aws/edits';
import type { Edit, Trouble } from '../test/aws/edits/edit';

/** docs/updates.md: the edits that test/aws/edit-matrix.test.ts tries, and what to do instead of those with an unwanted effect. */
export function renderUpdatesPage(): string {
  return `${[
    '<!-- Made by `npm run docs` from test/aws/edits/ and scripts/updates-page.ts. -->',
    '',
    '# Changing a deployed app',
    '',
    'CloudFormation creates and updates everything first, and then deletes what is gone. So a deployment fails if a new resource has the name',
    'or key of an old one, and a resource whose create-only property changes is replaced by an empty one. `npx serverless-app diff` says so',
    'before you deploy ([cli.md](cli.md#before-a-deployment)).',
    '',
    'The [edit matrix](../test/aws/edit-matrix.test.ts) tries the edits below on the templates of an app, in production. Those listed in the tables cannot',
    'be done in one deployment without the stated effect; all others can.',
    '',
    '## What always applies',
    '',
    '- In production, tables, buckets, queues and log groups that are removed from the app stay in the account with their contents. A table that is added again',
    '  is a new one. The name of an `addBucket` bucket is derived from its path and the stack, so to add it again, deploy with',
    '  `cdk deploy --import-existing-resources`. CloudFormation chooses all other names, except for functions in shards, event buses, and the parts of a site.',
    '- A deployment that fails is rolled back: what it created is deleted, except tables, which deletion protection keeps.',
    '- A function, a schedule, or a trigger under another id is a new one. Events that Lambda has accepted for the old function and not yet processed',
    '  go with it. For some seconds both schedules exist, so a run can come twice.',
    '',
    '## The first failed production deployment',
    '',
    'If a resource cannot be created, CloudFormation rolls back. The stack is then in `ROLLBACK_COMPLETE`: it has a name and a template, but none',
    'of its resources. `npx cdk deploy` deletes such a stack and creates it again, so correct the cause and deploy.',
    '',
    '| | after the rollback | what to do |',
    '|---|---|---|',
    '| log groups, buckets, queues | deleted: their policy is `RetainExceptOnCreate` | Nothing. A bucket that somebody wrote to meanwhile cannot be deleted, and the stack is in `ROLLBACK_FAILED`: empty the bucket and delete the stack. |',
    '| tables | left behind: they have deletion protection, and their policy is `Retain` | Delete each that is empty, or an empty table stays in the account with its backups: `aws dynamodb update-table --table-name <name> --no-deletion-protection-enabled`, then `aws dynamodb delete-table --table-name <name>`. The events of the stack have the names. |',
    '| a table with a `tableName` | left behind with its name, so the next deployment fails (“already exists”) | Delete it as above, or deploy with `cdk deploy --import-existing-resources`. |',
    '| the key of the alarm topic | deleted 7 days later | Nothing. It costs nothing meanwhile. |',
    '| all others | deleted | Nothing. |',
    '',
    'The next deployment conflicts with none of these names, except a `tableName`: CloudFormation generates the others, or derives them from the stack’s id,',
    'which is new. To keep what was created, deploy with `npx cdk deploy --no-rollback`, correct the cause, and deploy once more. `npx serverless-app diff`',
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
    ...(fine.length === 0 ? [] : [`Fine: ${fine.join('; ')}.`, '']),
  ];
}

function row(name: string, { kinds, what, instead }: Trouble): string {
  const named = kinds.map((kind) => `\`${kind}\``).join(', ');
  return `| ${name} | ${named}: ${what} | ${instead} |`;
}
