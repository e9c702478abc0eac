// Edits of the edit matrix (test/aws/edits), deployed one version after the other in one stack. `npm run test:edits` deploys all;
// CONTRIBUTING.md says what of an edit the emulator does not show.
import { EDITS } from '../aws/edits';
import type { Edit } from '../aws/edits/edit';
import type { Version } from '../aws/support/versions';
import { EditedStack } from './support/edited-stack';
import { obstacle, REAL_ACCOUNT, Target } from './support/target';

/** In the ordinary tests: an update in place, and one that moves a route between functions. */
const ORDINARY = ['move a route to another function', 'change the code of a function'];
/** `all`, or the section of docs/updates.md whose edits are deployed. */
const ASKED = process.env.CDK_SERVERLESS_APP_TEST_EDITS;
/**
 * The emulator has no `AWS::Kinesis::StreamConsumer`, and cannot run the CDK's helper that uploads files, which needs the AWS CLI. An imported API and
 * an existing domain are not there; test/deploy/rest.test.ts makes what it imports.
 */
const BEYOND_EMULATOR = [
  'set `enhancedFanOut` of a stream’s records',
  'unset `enhancedFanOut` of a stream’s records',
  'rename the function of a stream’s records that has `enhancedFanOut`',
  'change the files of a site whose `upload` is a bucket deployment',
  'set and unset `upload`',
  'map a REST API to an `existingDomain`, change its path, and remove it',
  'add a route to an imported API',
  'change a route of an imported API',
  'remove a route of an imported API',
];
const EVERY = Object.values(EDITS).flat();
const CHOSEN =
  ASKED === undefined
    ? EVERY.filter(({ name }) => ORDINARY.includes(name))
    : Object.entries(EDITS)
        .filter(([section]) => ASKED === 'all' || ASKED === section)
        .flatMap(([, edits]) => edits)
        .filter(({ name }) => !BEYOND_EMULATOR.includes(name));
const EDIT_TIMEOUT_MS = 300_000;

/** The edit as somebody makes it who has read docs/updates.md: in steps where one deployment fails. */
function deployable({ versions, trouble }: Edit): readonly Version[] {
  return trouble?.kinds.includes('will-fail') === true
    ? (trouble.steps ?? versions.slice(0, 1))
    : versions;
}

const missing = REAL_ACCOUNT ? 'The edits are deployed to an emulator only.' : obstacle();
if (missing !== undefined) {
  process.stderr.write(`the edit matrix: skipped. ${missing}\n`);
}
const describeEmulated =
  missing === undefined || (process.env.CI !== undefined && !REAL_ACCOUNT)
    ? describe
    : describe.skip;

describeEmulated('the edits of an app, deployed in one stack', () => {
  let target: Target;
  let stacks = 0;
  beforeAll(async () => {
    target = await Target.open();
    await target.bootstrap();
  }, EDIT_TIMEOUT_MS);
  afterAll(async () => {
    await target.close();
  });

  test.each(CHOSEN.map((edit) => [edit.name, edit] as const))(
    '%s',
    async (_, edit) => {
      const stack = new EditedStack(target, `Edit${++stacks}`);
      for (const version of deployable(edit)) {
        await stack.deploy(version);
      }
      await stack.delete();
      if (ASKED !== undefined) {
        process.stderr.write(`✓ ${stacks} of ${CHOSEN.length}: ${edit.name}\n`); // jest says nothing before the end
      }
    },
    EDIT_TIMEOUT_MS,
  );
});

test('the edits that are named here are in the matrix', () => {
  expect(EVERY.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...ORDINARY, ...BEYOND_EMULATOR]),
  );
});
