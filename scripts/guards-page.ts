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

/** docs/guards.md: an entry for each guard, and what is refused at once. */
export function renderGuardsPage(): string {
  return `${[
    '<!-- Made by `npm run docs` from lib/guard/ and scripts/declared-checks.ts. -->',
    '',
    '# Guards: what is refused or told at synthesis',
    '',
    'What AWS would refuse in the middle of a deployment, or punish later with throttling, lost data or a bill, is found by `cdk synth`. An',
    '**error** ends the synthesis. A **warning** is told, fails `cdk synth --strict`, and can be accepted with a reason:',
    '',
    '```ts',
    "app.acknowledge('cdk-serverless-app:event-loop', 'a status is set once, and then not changed'); // in the whole app",
    '```',
    '',
    '`Validations.of(fn).acknowledge({ id, reason })`, of the CDK itself, accepts it for one function; with `where: { prop }` for one prop.',
    '`app.guards` lists all guards, `app.findings()` what they find in what is declared so far, for tests. Findings and reasons stand in the',
    'app’s model (`<stack>.<app>.serverless-app.json` in the cloud assembly). A prop that is a Token is compared with nothing.',
    '',
    ...table(),
    '',
    '## Found in the whole app',
    '',
    ...GUARDS.flatMap(entry),
    '## Told where it is declared',
    '',
    ...DECLARED_WARNINGS.flatMap(entry),
    '## Refused where it is declared',
    '',
    'Wrong input is an error at once, thrown by the line that is wrong. The message names the prop by its path from the app, the rule, what was',
    'got, and what to do:',
    '',
    '| what must be | for example |',
    '|---|---|',
    ...DECLARED_CHECKS.map((check) => `| ${check.what} | ${cell(messageOf(check))} |`),
    '',
    '## Runtimes and their dates',
    '',
    `${runtimes.source}, read on ${runtimes.readOn} from ${runtimes.readFrom}. AWS moves them now and then.`,
    '',
    '| runtime | deprecated | no new function | no change | successor |',
    '|---|---|---|---|---|',
    ...lifecycles(),
  ].join('\n')}\n`;
}

/** The README's table: what each guard is, in one line. */
export function renderGuardsTable(): string {
  return [
    '| `cdk-serverless-app:…` | |',
    '|---|---|',
    ...[...GUARDS, ...DECLARED_WARNINGS].map(
      (guard) => `| [\`${guard.id}\`](docs/guards.md#${guard.id}) | ${kind(guard)} |`,
    ),
  ].join('\n');
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
    `- **How to accept:** ${accept === undefined ? 'It is an error, which cannot be accepted.' : `\`app.acknowledge('${ID_PREFIX}${id}', reason)\`, where this holds: ${accept}`}`,
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
