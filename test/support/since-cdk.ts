import { version } from 'aws-cdk-lib/package.json';

/**
 * `test`, or `test.skip` if the installed CDK is older: for what that release of the CDK does, not this library. The other tests must pass
 * with the oldest release that package.json allows (`npm run test:floor`).
 */
export function sinceCdk(release: string): typeof test {
  return isAtLeast(version, release) ? test : test.skip;
}

function isAtLeast(version: string, release: string): boolean {
  const [actual, needed] = [version, release].map((text) => text.split('.').map(Number));
  const [major = 0, minor = 0, patch = 0] = actual ?? [];
  const [neededMajor = 0, neededMinor = 0, neededPatch = 0] = needed ?? [];
  return major * 1e6 + minor * 1e3 + patch >= neededMajor * 1e6 + neededMinor * 1e3 + neededPatch;
}
