import { anyDuration, flag, instance, knownNumber, struct } from '../props/kinds';
import { Optional, Prop } from '../props/prop';
import { propsOf } from '../props/prop-set';
import type { EstimateOptions, EstimateQuestion } from './estimate-options';
import type { AppUsage, FunctionUsage, UsageAmounts } from './usage';

export const USAGE_AMOUNTS_PROPS = propsOf<UsageAmounts>()({
  low: knownNumber(0),
  moderate: knownNumber(0),
  high: knownNumber(0),
});

/** Amounts at the usage levels. A plain number would not say for which level. */
export function amounts(): Optional<UsageAmounts> {
  const { kind } = struct(USAGE_AMOUNTS_PROPS);
  return new Prop<UsageAmounts, false, false>(
    {
      ...kind,
      what: 'amounts by usage level',
      remedy: 'write `{ moderate: 500_000 }`; the other levels are derived from it',
    },
    false,
    false,
  );
}

const SIZE = instance('a Size', 'write, for example, `Size.kibibytes(4)`', 'toBytes');

export const FUNCTION_USAGE_PROPS = propsOf<FunctionUsage>()({
  monthlyEvents: amounts(),
  duration: anyDuration(),
  readsPerEvent: knownNumber(0),
  writesPerEvent: knownNumber(0),
  itemSize: SIZE,
  responseSize: SIZE,
  logSize: SIZE,
  operationsPerEvent: knownNumber(0),
});

export const APP_USAGE_PROPS = propsOf<AppUsage>()({
  ...FUNCTION_USAGE_PROPS.props,
  tableGigabytes: amounts(),
  bucketGigabytes: amounts(),
});

export const ESTIMATE_PROPS = propsOf<EstimateOptions>()({
  print: flag(),
  freeTier: flag(),
});

export const ESTIMATE_QUESTION_PROPS = propsOf<EstimateQuestion>()({
  freeTier: flag(),
  usage: struct(APP_USAGE_PROPS),
});
