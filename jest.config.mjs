const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: '<rootDir>/test/support/jest/environment.ts',
  runtime: '<rootDir>/test/support/jest/runtime.cjs',
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  // Types are checked by `npm run lint`, once for all files and not once for each.
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json', transpilation: true }],
  },
  moduleNameMapper: {
    '^cdk-serverless-app$': '<rootDir>/lib/index.ts',
    '^cdk-serverless-app/testing$': '<rootDir>/testing/index.ts',
    '^@aws/cloudformation-validate$': '<rootDir>/test/support/shared-validator.ts',
  },
  modulePathIgnorePatterns: [
    '<rootDir>/\\.stryker/',
    '/dist/',
    '<rootDir>/languages/',
    '/\\.emulator/',
    '/cdk\\.out/',
  ],
};

export default {
  testSequencer: '<rootDir>/test/support/jest/sequencer.mjs',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '<rootDir>/test/deploy/',
        '<rootDir>/test/account/',
      ],
      snapshotSerializers: ['<rootDir>/test/support/template-serializer.ts'],
    },
    {
      ...shared,
      displayName: 'deploy',
      testMatch: ['<rootDir>/test/deploy/**/*.test.ts', '<rootDir>/examples/*/test/*.test.ts'],
      globalSetup: '<rootDir>/test/deploy/support/prepare.ts',
    },
    {
      ...shared,
      displayName: 'account',
      testMatch: ['<rootDir>/test/account/*.test.ts'],
    },
  ],
};
