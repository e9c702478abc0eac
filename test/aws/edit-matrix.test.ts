// Every ordinary edit of an app, as CloudFormation would deploy it: it is either fine, or docs/updates.md says what happens and how to do
// it instead.
import type { Finding, FindingKind } from '../../bin/diff/finding';
import { EDITS } from './edits';
import { deploymentsOf } from './support/versions';

/** What an edit is made for, and what is kept where it was. Everything else is trouble. */
const INTENDED: readonly FindingKind[] = [
  'left-behind',
  'permission-added',
  'permission-removed',
  'trigger-moved',
  'trigger-added',
  'trigger-removed',
];
const HARMFUL: readonly FindingKind[] = ['data-loss', 'events-lost', 'will-fail', 'may-fail'];

const kindsOf = (findings: readonly Finding[]): FindingKind[] => [
  ...new Set(findings.map(({ kind }) => kind)),
];

describe.each(Object.entries(EDITS))('%s', (_, edits) => {
  test.each(edits.map((edit) => [edit.name, edit] as const))(
    '%s',
    (_name, { versions, trouble }) => {
      const all = deploymentsOf(versions).flat();
      const found = all.filter(
        ({ kind }) => !INTENDED.includes(kind) || trouble?.kinds.includes(kind) === true,
      );

      if (trouble === undefined) {
        expect(found).toEqual([]);
      } else {
        expect(kindsOf(found).sort()).toEqual([...trouble.kinds].sort());
      }
    },
  );

  const inSteps = edits.flatMap(({ name, trouble }) =>
    trouble?.steps === undefined ? [] : [[name, trouble.steps] as const],
  );
  if (inSteps.length > 0) {
    test.each(inSteps)('%s, as documented', (_name, steps) => {
      const harm = deploymentsOf(steps)
        .flat()
        .filter(({ kind }) => HARMFUL.includes(kind));

      expect(harm).toEqual([]);
    });
  }
});
