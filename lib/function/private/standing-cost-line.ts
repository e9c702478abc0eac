import { Annotations, Token } from 'aws-cdk-lib';
import {
  breakEvenUtilization,
  HOURS_A_MONTH,
  PricedArchitecture,
  PRICES_OF,
  provisionedDollars,
  showDollars,
  snapshotDollars,
} from '../../cost/standing-cost';
import type { AppFunction } from '../app-function';
import { provisionedBounds, Publishing } from './live-alias';

export interface StandingCostProps extends Publishing {
  readonly memoryMb: number;
}

/**
 * Says at synthesis what a function costs while nothing happens. As an information of the CDK, which the CLI shows, and which
 * can be acknowledged: the output of a program that the CLI runs is no terminal, so a line there would be for everybody or for nobody.
 */
export function reportStandingCost(fn: AppFunction, props: StandingCostProps): void {
  const text = costLine(fn, props);
  if (text !== undefined) {
    Annotations.of(fn).addInfoV2('cdk-serverless-app:standing-cost', `${fn.node.path}: ${text}`);
  }
}

function costLine(fn: AppFunction, { coldStart, memoryMb }: StandingCostProps): string | undefined {
  const { kind, _provisioned: options } = coldStart;
  const size = Token.isUnresolved(memoryMb)
    ? undefined
    : `${Number((memoryMb / 1024).toFixed(2))} GB`;
  const of = `${HOURS_A_MONTH} h, ${fn.function.architecture.name}, ${PRICES_OF.region}, ${PRICES_OF.date}`;
  if (options !== undefined) {
    const architecture = fn.function.architecture.name as PricedArchitecture;
    const bounds = provisionedBounds(options);
    const above = `it pays for itself where they are busy more than ${Math.round(breakEvenUtilization(architecture) * 100)} % of the time`;
    if (bounds === undefined || size === undefined) {
      return `provisioned concurrency costs ${showDollars(provisionedDollars(1, 1024, architecture))} a month for each 1 GB (${of}), whatever the traffic; ${above}`;
    }
    const units = [...new Set(bounds)];
    const dollars = units.map((count) =>
      showDollars(provisionedDollars(count, memoryMb, architecture)),
    );
    return `keeps ${units.join(' to ')} × ${size} ready: ${dollars.join(' to ')} a month (${of}), whatever the traffic; ${above}`;
  }
  if (kind === 'snapStart' && !fn.function.runtime.name.startsWith('java')) {
    const dollars = showDollars(snapshotDollars(size === undefined ? 1024 : memoryMb, false));
    return `keeps a snapshot of ${size ?? '1 GB'} for each published version: ${dollars} a month (${of}), 3 hours at least; one version is kept`;
  }
  return undefined;
}
