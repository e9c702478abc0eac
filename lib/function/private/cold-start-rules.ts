import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FUNCTION_DEFAULTS } from '../../core/defaults';
import { PropCheck, unquoted } from '../../props/prop-check';
import { checkProps } from '../../props/check-props';
import { stableText } from '../../props/stable-text';
import { checkSchedule, checkTimeZone } from '../../core/schedule-rules';
import { AppFunctionOptions } from '../app-function-props';
import { mebibytesOf } from '../../props/kinds';
import {
  ProvisionedConcurrencyOptions,
  ProvisionedConcurrencySchedule,
  provisionedOf,
} from '../cold-start';
import { PROVISIONED_PROPS } from './provisioned-prop-set';

/** https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html */
const MAX_SNAPSHOT_STORAGE_MB = 512;

/** Rejects settings that Lambda or Application Auto Scaling would reject at this deployment or at the next one. */
export function checkColdStart(options: AppFunctionOptions, check: PropCheck): void {
  const { coldStart, currentVersionOptions } = options;
  refuseOlderWays(options, check);
  if (coldStart === undefined) {
    return;
  }
  const provisioned = provisionedOf(coldStart);
  if (provisioned !== undefined) {
    checkProvisioned(provisioned, check.at('coldStart'));
    refuseTenants('ColdStart.provisioned', options, check);
  }
  if (coldStart.kind === 'snapStart') {
    checkSnapStart(options, check);
  }
  if (coldStart.kind !== 'onDemand' && currentVersionOptions?.codeSha256 !== undefined) {
    throw check.error(
      'currentVersionOptions.codeSha256',
      'must not be combined with `coldStart`, which publishes a version for each change',
      currentVersionOptions.codeSha256,
      'leave it out',
    );
  }
}

/** The CDK's own options for the same purpose, which would have no effect, or would cost money after the next deployment. */
function refuseOlderWays(
  { snapStart, currentVersionOptions }: AppFunctionOptions,
  check: PropCheck,
): void {
  if (snapStart !== undefined) {
    throw check.error(
      'snapStart',
      'must be left out, because it affects versions only, and triggers invoke `$LATEST`',
      unquoted('a value'),
      'give `coldStart: ColdStart.snapStart()`',
    );
  }
  const units = currentVersionOptions?.provisionedConcurrentExecutions;
  if (units !== undefined) {
    throw check.error(
      'currentVersionOptions.provisionedConcurrentExecutions',
      'must be left out, because it would stay on the version, and cost money, after the next version is published',
      units,
      'give `coldStart: ColdStart.provisioned({ min: … })`, which keeps it on an alias',
    );
  }
}

function checkProvisioned(options: ProvisionedConcurrencyOptions, check: PropCheck): void {
  checkProps(options, PROVISIONED_PROPS, check);
  const { min, max, targetUtilization, schedules = [] } = options;
  checkOrder(min, max, check);
  if (targetUtilization !== undefined && max === undefined) {
    throw check.error(
      'targetUtilization',
      'must not be combined without `max`, because the number is then fixed',
      targetUtilization,
      'give `max`, or leave it out for a fixed number',
    );
  }
  schedules.forEach((schedule, i) => {
    checkProvisionedSchedule(schedule, options, check.at(`schedules[${i}]`));
  });
  checkNames(schedules, check);
}

function checkProvisionedSchedule(
  { schedule, min, max, start, end }: ProvisionedConcurrencySchedule,
  ofFunction: ProvisionedConcurrencyOptions,
  check: PropCheck,
): void {
  checkOrder(min, max ?? ofFunction.max, check);
  checkSchedule(schedule.expressionString, check);
  checkTimeZone(schedule.timeZone?.timezoneName, check);
  if (start !== undefined && end !== undefined && start >= end) {
    throw check.error(
      'end',
      `must be after \`start\`, ${start.toISOString()}`,
      end.toISOString(),
      'swap them',
    );
  }
}

function checkOrder(min: number, max: number | undefined, check: PropCheck): void {
  if (max !== undefined && !Token.isUnresolved(min) && !Token.isUnresolved(max) && max < min) {
    throw check.error(
      'max',
      `must not be below \`min\`, ${min}`,
      max,
      'swap them, or leave `max` out',
    );
  }
}

/** Application Auto Scaling would treat the second schedule as a change of the first. */
function checkNames(schedules: readonly ProvisionedConcurrencySchedule[], check: PropCheck): void {
  const names = schedules.map(scheduleName);
  names.forEach((name, i) => {
    if (names.indexOf(name) < i) {
      throw check.error(
        `schedules[${i}].schedule`,
        'must not be the time of another schedule',
        schedules[i]?.schedule.expressionString,
        'leave one of them out',
      );
    }
  });
}

/** The name of a schedule in Application Auto Scaling. It is derived from the time, so the order of schedules does not matter. */
export function scheduleName({ schedule }: ProvisionedConcurrencySchedule): string {
  const { expressionString, timeZone } = schedule;
  return [expressionString, timeZone?.timezoneName ?? '']
    .map(stableText)
    .join(' ')
    .replace(/[^A-Za-z0-9*?,#-]+/g, '-')
    .replace(/-$/, '');
}

/** The restrictions of SnapStart, in addition to the runtime: https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html */
function checkSnapStart(options: AppFunctionOptions, check: PropCheck): void {
  const { filesystem, ephemeralStorageSize } = options;
  const runtime = options.runtime ?? FUNCTION_DEFAULTS.runtime;
  if (!mayHaveSnapshot(runtime)) {
    throw check.error(
      'coldStart',
      'must not be `ColdStart.snapStart()` for this runtime: SnapStart supports Java 11, Python 3.12, .NET 8 and later, and container images',
      runtime.name,
      runtime.family === lambda.RuntimeFamily.NODEJS
        ? 'make the bundle smaller (see `bundling`), use `ColdStart.provisioned({ min: … })`, or package the function as a container image'
        : 'use a later runtime, use `ColdStart.provisioned({ min: … })`, or package the function as a container image',
    );
  }
  if (filesystem !== undefined) {
    throw check.error(
      'filesystem',
      'must not be combined with `ColdStart.snapStart()`',
      unquoted('a file system'),
      'read from S3 instead, or use `ColdStart.provisioned({ min: … })`',
    );
  }
  check.integer('ephemeralStorageSize', mebibytesOf(ephemeralStorageSize), {
    min: MAX_SNAPSHOT_STORAGE_MB,
    max: MAX_SNAPSHOT_STORAGE_MB,
    unit: 'MB with `ColdStart.snapStart()`',
    remedy: 'leave it out, or use `ColdStart.provisioned({ min: … })`',
  });
  refuseTenants('ColdStart.snapStart', options, check);
}

/**
 * Regions without SnapStart (cfn-lint 1.58, E2530, read on 2026-11-24). Only a region known at synthesis is checked.
 * https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
 */
const REGIONS_WITHOUT_SNAPSHOTS = /^(ap-east-2|ap-southeast-6|cn-.*|us-gov-.*)$/;

export function requireSnapshotRegion(region: string, check: PropCheck): void {
  if (!Token.isUnresolved(region) && REGIONS_WITHOUT_SNAPSHOTS.test(region)) {
    throw check.error(
      'coldStart',
      'must not be `ColdStart.snapStart()` in a region without SnapStart',
      unquoted(`a stack in ${region}`),
      'use `ColdStart.provisioned({ min: … })` there, or leave it out',
    );
  }
}

function refuseTenants(
  what: string,
  { tenancyConfig }: AppFunctionOptions,
  check: PropCheck,
): void {
  if (tenancyConfig !== undefined) {
    throw check.error(
      'tenancyConfig',
      `must not be combined with \`${what}\`, because each tenant has its own environments`,
      unquoted('a tenancy'),
      'leave out one of the two; a smaller bundle still helps',
    );
  }
}

/** The first version of each runtime family that supports snapshots in a zip file. */
const SNAPSHOT_RUNTIMES: ReadonlyArray<readonly [pattern: RegExp, least: number]> = [
  [/^java(\d+)/, 11],
  [/^python3\.(\d+)$/, 12],
  [/^dotnet(\d+)$/, 8],
];

export function mayHaveSnapshot(runtime: lambda.Runtime): boolean {
  return (
    runtime.name === lambda.Runtime.FROM_IMAGE.name ||
    Token.isUnresolved(runtime.name) ||
    SNAPSHOT_RUNTIMES.some(
      ([pattern, least]) => Number(pattern.exec(runtime.name)?.[1] ?? 0) >= least,
    )
  );
}
