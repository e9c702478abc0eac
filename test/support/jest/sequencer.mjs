import Sequencer from '@jest/test-sequencer';

/** The files that take longest, longest first. They mostly wait, so they begin first, and the others run beside them. */
const LONG = ['cli', 'shop-events', 'queues', 'testing', 'dev'].map(
  (name) => `deploy/${name}.test.ts`,
);

/** Without results of earlier runs, as in CI, Jest begins with the largest files. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONG.findIndex((name) => path.endsWith(name));
      return at < 0 ? LONG.length : at;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
