import { DECLARED_NOTICES } from '../lib/guard/declared-notices';
import { DECLARED_WARNINGS } from '../lib/guard/declared-warnings';
import { GuardText, ID_PREFIX } from '../lib/guard/guard';
import { GUARDS } from '../lib/guard/guards';
import runtimes from '../lib/guard/runtimes.json';
import { DECLARED_CHECKS, messageOf } from './declared-checks';

const WORDS: Readonly<Record<string, string>> = {
  'error,warning': 'error or warning',
  error: 'error',
  warning: 'warning',
};

/** docs/guards.md: an entry for each guard, and the checks of each declaration. */
export function renderGuardsPage(): string {
  return `${[
    '<!-- Made by `npm run docs` from lib/guard/ and scripts/declared-checks.ts. -->',
    '',
    '# Guards: errors and warnings at synthesis',
    '',
    '`cdk synth` finds what AWS would reject in the middle of a deployment, and what would later cause throttling, data loss or a high bill.',
    'An **error** ends the synthesis. A **warning** is printed, fails `cdk synth --strict`, and can be acknowledged with a reason:',
    '',
    '```ts',
    "app.acknowledge('cdk-serverless-app:event-loop', 'each status is set only once'); // in the whole app",
    '```',
    '',
    'The CDK’s own `Validations.of(fn).acknowledge({ id, reason })` acknowledges a warning for one function, or, with `where: { prop }`, for one',
    'prop. `app.guards` lists all guards. For tests, `app.findings()` returns what the guards find in the app as declared so far. Findings and',
    'reasons are part of the app’s model (`<stack>.<app>.serverless-app.json` in the cloud assembly). Props whose value is a Token are not checked.',
    '',
    ...table(),
    '',
    '## Checks of the whole app',
    '',
    ...GUARDS.flatMap(entry),
    '## Warnings at the declaration',
    '',
    ...DECLARED_WARNINGS.flatMap(entry),
    '## Information',
    '',
    'The CDK CLI also shows these messages. They require no action. `app.acknowledge(id, reason)` hides a message:',
    '',
    '| id | what it reports |',
    '|---|---|',
    ...DECLARED_NOTICES.map(({ id, what }) => `| \`${ID_PREFIX}${id}\` | ${what} |`),
    '',
    'A warning or an info message that applies to several functions is shown once and names all of them. If you acknowledge it for one',
    'function, that function is left out.',
    '',
    '## Errors at the declaration',
    '',
    'Invalid input throws an error at the line of your code that contains it. The message names the path of the prop, the rule, the actual',
    'value and the remedy:',
    '',
    '| rule | example |',
    '|---|---|',
    ...DECLARED_CHECKS.map((check) => `| ${check.what} | ${cell(messageOf(check))} |`),
    '',
    '## Runtimes and their dates',
    '',
    `Source: ${runtimes.source}, retrieved on ${runtimes.readOn} from ${runtimes.readFrom}. AWS sometimes changes these dates.`,
    '',
    '| runtime | deprecated | no new functions | no updates | successor |',
    '|---|---|---|---|---|',
    ...lifecycles(),
  ].join('\n')}\n`;
}

function table(): string[] {
  return [
    '| id | |',
    '|---|---|',
    ...[...GUARDS, ...DECLARED_WARNINGS].map(
      (guard) => `| [\`${guard.id}\`](#${guard.id}) | ${kind(guard)} |`,
    ),
  ];
}

function kind({ severities }: GuardText): string {
  return WORDS[severities.join(',')] ?? severities.join(', ');
}

function entry(guard: GuardText): string[] {
  const { id, what, why, fix, accept, source } = guard;
  return [
    `### ${id}`,
    '',
    `\`${ID_PREFIX}${id}\`, ${kind(guard)}`,
    '',
    `- **What:** ${what}`,
    `- **Why:** ${why} ([source](${source}))`,
    `- **How to fix:** ${fix}`,
    `- **When to acknowledge:** ${accept === undefined ? 'It is an error and cannot be acknowledged.' : `\`app.acknowledge('${ID_PREFIX}${id}', reason)\`, if this applies: ${accept}`}`,
    '',
  ];
}

function cell(message: string | undefined): string {
  return message === undefined ? '' : message.replace(/\|/g, '\\|');
}

function lifecycles(): string[] {
  const dates: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> =
    runtimes.runtimes;
  return Object.entries(dates).map(
    ([name, { deprecated = '', createBlocked = '', updateBlocked = '', successor }]) =>
      `| \`${name}\` | ${deprecated} | ${createBlocked} | ${updateBlocked} | ${successor === undefined ? '' : `\`${successor}\``} |`,
  );
}
