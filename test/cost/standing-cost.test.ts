import {
  breakEvenUtilization,
  provisionedDollars,
  snapshotDollars,
} from '../../lib/cost/standing-cost';
import { formatDollars } from '../../lib/model/format-number';

test.each([
  [1, 1024, 'arm64', 8.76],
  [1, 1024, 'x86_64', 10.95],
  [10, 512, 'arm64', 43.8],
  [20, 2048, 'x86_64', 438],
] as const)('%i units of %i MB on %s cost $%f a month', (units, memory, architecture, dollars) => {
  expect(provisionedDollars(units, memory, architecture)).toBeCloseTo(dollars, 2);
});

test.each(['arm64', 'x86_64'] as const)(
  'on %s provisioned concurrency pays for itself above 60 %% utilization',
  (architecture) => {
    expect(breakEvenUtilization(architecture)).toBeCloseTo(0.6, 3);
  },
);

test.each([
  [1024, false, 3.95],
  [2048, false, 7.91],
  [2048, true, 0],
])('the snapshot of a version of %i MB (Java: %s) costs $%f a month', (memory, isJava, dollars) => {
  expect(snapshotDollars(memory, isJava)).toBeCloseTo(dollars, 2);
});

test.each([
  [0, '$0.00'],
  [8.755, '$8.76'],
  [999.999, '$1,000.00'],
  [1234567.8, '$1,234,567.80'],
])('%f dollars are shown as %s', (dollars, text) => {
  expect(formatDollars(dollars)).toBe(text);
});
