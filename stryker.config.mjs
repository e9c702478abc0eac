/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  // The pure parts: what makes no construct. A new file in one of these folders is in.
  mutate: [
    'lib/{cost,guard,scaling}/**/*.ts',
    'lib/**/*-rules.ts',
    'lib/private/{names,options,prop-check,shape,shard-of,physical-names}.ts',
    'lib/trigger/private/{object-patterns,route-key}.ts',
  ],
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
