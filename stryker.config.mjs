import { env } from 'node:process';
import { areasOf, reportOf } from './test/mutation/areas.mjs';

const { mutate, tests } = areasOf(env.MUTATION_AREAS);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate,
  plugins: ['./test/mutation/runner.mjs'],
  testRunner: 'in-process',
  inProcess: { tests },
  coverageAnalysis: 'perTest',
  ignoreStatic: false,
  timeoutMS: 2000,
  concurrency: 2,
  mutator: { excludedMutations: ['StringLiteral'] },
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: reportOf(env.MUTATION_AREAS) },
  thresholds: { high: 95, low: 90, break: null },
  warnings: { unknownOptions: false, slow: false },
  tempDirName: '.stryker',
  ignorePatterns: ['dist', 'docs', 'examples', 'packages', '.emulator', 'cdk.out', 'website'],
};
