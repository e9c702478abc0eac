/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  // What has been measured so far; the list grows (lib/cost, lib/scaling and the pure files of lib/private and lib/trigger are to come).
  mutate: ['lib/guard/*.ts', 'lib/schedule/*.ts'],
  plugins: ['./test/mutation/runner.mjs'],
  testRunner: 'in-process',
  inProcess: {
    tests: [
      ...['deployed-size', 'flows', 'further-guards', 'found', 'guards', 'secrets'].map(
        (name) => `test/guard/${name}.test.ts`,
      ),
      ...['events-a-month', 'longest-gap'].map((name) => `test/schedule/${name}.test.ts`),
    ],
  },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  timeoutMS: 2000,
  concurrency: 2,
  mutator: { excludedMutations: ['StringLiteral'] },
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: '.stryker-report/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
  warnings: { unknownOptions: false, slow: false },
  tempDirName: '.stryker',
  ignorePatterns: ['dist', 'docs', 'examples', 'packages', '.emulator', 'cdk.out', 'API.md'],
};
