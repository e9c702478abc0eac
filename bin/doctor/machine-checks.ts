import { Finding, isBefore, parseVersion } from './check';

/** The oldest version that reads the cloud assemblies of this CDK. */
const CLI_MINIMUM = '2.1148.1';
/** Published by accident from code of April 2025 (https://github.com/aws/aws-cdk/issues/38113). */
const CLI_ACCIDENT = '3.0.0';
const NODE_MINIMUM = '20.11.0';
const ESBUILD_MINIMUM = '0.28.0';
/** The CDK validates templates since this version. */
const VALIDATION_SINCE = '2.262.0';
/** Above this, hashing the cloud assembly takes more than a second of each synthesis (https://github.com/aws/aws-cdk/issues/38614). */
const MANY_FILES = 10_000;

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

/**
 * The CDK's own validation of templates is known to stall a synthesis: it hashes the whole cloud assembly, which grows without
 * limit, and it may never finish on a small build agent (https://github.com/aws/aws-cdk/issues/38425).
 *
 * @param files the number of files in the cloud assembly
 */
export function checkValidation(version: string | undefined, files: number): Finding {
  const id = 'template-validation';
  if (version === undefined || isOlder(version, VALIDATION_SINCE)) {
    return { id, status: 'skipped', text: 'this aws-cdk-lib does not validate templates' };
  }
  return files > MANY_FILES
    ? {
        id,
        status: 'warning',
        text: `the cloud assembly has ${files.toLocaleString('en-US')} files, which the CDK may hash in each synthesis (aws-cdk issue 38614)`,
        fix: 'remove the folder; `cdk synth` writes it again',
      }
    : {
        id,
        status: 'ok',
        text: 'the CDK validates templates; if a synthesis hangs, set CDK_VALIDATION=false (aws-cdk issue 38425)',
      };
}

function isOlder(version: string, minimum: string): boolean {
  const [one, other] = [parseVersion(version), parseVersion(minimum)];
  return one !== undefined && other !== undefined && isBefore(one, other);
}
