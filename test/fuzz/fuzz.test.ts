import * as fc from 'fast-check';
import { APP_SPEC } from './generators/app-spec';
import { requireSound } from './support/soundness';

/** What `npm run test:fuzz` does ten thousand times, a few times and always with the same apps. */
test('random apps either synthesize to a valid template, twice the same, or are refused with a path and a remedy', () => {
  const outcomes = { synthesized: 0, refused: 0 };

  fc.assert(
    fc.property(APP_SPEC, (spec) => {
      outcomes['files' in requireSound(spec) ? 'synthesized' : 'refused'] += 1;
    }),
    { numRuns: 60, seed: 8 },
  );

  // A property of which either half is never seen would say nothing.
  expect(outcomes.synthesized).toBeGreaterThan(9);
  expect(outcomes.refused).toBeGreaterThan(9);
}, 60_000);
