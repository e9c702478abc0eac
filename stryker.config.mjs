/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['lib/guard/*.ts'],
  testRunner: 'jest',
  jest: { configFile: 'test/mutation/jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  dryRunTimeoutMinutes: 20,
  mutator: { excludedMutations: ['StringLiteral'] },
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: '.stryker-report/mutation.json' },
  tempDirName: '.stryker',
  ignorePatterns: ['dist', 'docs', 'examples', 'packages', '.emulator', 'cdk.out', 'API.md'],
  allowEmpty: true,
};
