import Sequencer from '@jest/test-sequencer';

/** The files that take longest, longest first. Without results of earlier runs, as in CI, Jest itself begins with the largest files. */
const LONG = [
  'deploy/cli',
  'deploy/dev-projects',
  'deploy/dev',
  'deploy/shop-events',
  'deploy/queues',
  'deploy/testing',
  'bundling/node-modules',
  'aws/edit-matrix',
  'security/package',
  'bundling/python/python',
  'report/page',
  'bundling/awkward',
  'test/readme',
].map((name) => `${name}.test.ts`);

/**
 * Begins with the files that take longest, and spreads the deploy tests among the unit tests: a deploy test mostly waits for the emulator,
 * and a unit test runs meanwhile.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONG.findIndex((name) => path.endsWith(name));
      return at < 0 ? LONG.length : at;
    };
    const longestFirst = super.sort(tests).sort((a, b) => rank(a) - rank(b));
    const deploys = ({ context }) => context.config.displayName?.name === 'deploy';
    return spread(
      longestFirst.filter(deploys),
      longestFirst.filter((test) => !deploys(test)),
    );
  }
}

/** Both lists in one, each in its order, so that they end together. */
function spread(some, others) {
  const place = (list) => list.map((test, index) => ({ test, at: index / list.length }));
  return [...place(some), ...place(others)].sort((a, b) => a.at - b.at).map(({ test }) => test);
}
