import { Finding, isBefore, parseVersion } from './check';

/** The oldest version that reads the cloud assemblies of this CDK. */
const CLI_MINIMUM = '2.1148.1';
/** Published by accident from code of April 2025 (https://github.com/aws/aws-cdk/issues/38113). */
const CLI_ACCIDENT = '3.0.0';
const NODE_MINIMUM = '20.11.0';
const ESBUILD_MINIMUM = '0.28.0';

export function checkCli(version: string | undefined): Finding {
  const id = 'cdk-cli';
  const fix = `npm install --save-dev "aws-cdk@^${CLI_MINIMUM}"`;
  const found = version === undefined ? undefined : parseVersion(version);
  if (version === undefined || found === undefined) {
    return { id, status: 'failed', text: 'the CDK CLI (aws-cdk) is not installed', fix };
  }
  if (version.startsWith(CLI_ACCIDENT)) {
    const text = `aws-cdk ${CLI_ACCIDENT} was published by accident and cannot read current cloud assemblies`;
    return { id, status: 'failed', text, fix };
  }
  return isOlder(version, CLI_MINIMUM)
    ? { id, status: 'failed', text: `aws-cdk ${version} is older than ${CLI_MINIMUM}`, fix }
    : { id, status: 'ok', text: `aws-cdk ${version}` };
}

export function checkNode(version: string): Finding {
  const id = 'node';
  return isOlder(version, NODE_MINIMUM)
    ? {
        id,
        status: 'failed',
        text: `Node.js ${version} is older than ${NODE_MINIMUM}`,
        fix: 'install Node.js 24 (https://nodejs.org)',
      }
    : { id, status: 'ok', text: `Node.js ${version}` };
}

/** @param bundles whether an app has functions that are bundled */
export function checkEsbuild(version: string | undefined, bundles: boolean): Finding {
  const id = 'esbuild';
  const fix = `npm install --save-dev esbuild@^${ESBUILD_MINIMUM}`;
  if (version === undefined) {
    return bundles
      ? {
          id,
          status: 'failed',
          text: 'esbuild, which bundles the functions, is not installed',
          fix,
        }
      : { id, status: 'skipped', text: 'esbuild is not needed, since no function is bundled' };
  }
  return isOlder(version, ESBUILD_MINIMUM)
    ? { id, status: 'failed', text: `esbuild ${version} is older than ${ESBUILD_MINIMUM}`, fix }
    : { id, status: 'ok', text: `esbuild ${version}` };
}

function isOlder(version: string, minimum: string): boolean {
  const [one, other] = [parseVersion(version), parseVersion(minimum)];
  return one !== undefined && other !== undefined && isBefore(one, other);
}
