import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
export default {
  rootDir: root,
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }] },
  moduleNameMapper: { '^cdk-serverless-app$': '<rootDir>/lib/index.ts' },
  modulePathIgnorePatterns: ['/dist/', '/packages/', '/\\.emulator/', '/cdk\\.out/'],
  testMatch: [
    '<rootDir>/test/{cost,guard,private,scaling}/*.test.ts',
    '<rootDir>/test/trigger/private/*.test.ts',
    '<rootDir>/test/robustness/found.test.ts',
    '<rootDir>/test/table-throughput.test.ts',
    '<rootDir>/test/function/{app-function,cold-start,rollout}.test.ts',
  ],
};
