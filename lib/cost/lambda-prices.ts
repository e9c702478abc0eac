import { Price, PriceList } from './price-list';

/** The ephemeral storage that is free. */
export const FREE_STORAGE_MB = 512;

/** An architecture as Lambda names it. */
export type Architecture = 'arm64' | 'x86_64';

/** The price of a GB-second for one architecture. */
export interface LambdaPrices {
  /** On demand. */
  readonly duration: Price;
  /** For a provisioned environment, whether or not it is busy. */
  readonly provisioned: Price;
  /** For work in such an environment, in addition. */
  readonly provisionedDuration: Price;
}

/** By the architecture in the app's model; an unknown one counts as x86_64, which costs more. */
export function lambdaPrices({ prices }: PriceList, architecture: string): LambdaPrices {
  return architecture === 'arm64'
    ? {
        duration: prices['lambda.durationArm64'],
        provisioned: prices['lambda.provisionedArm64'],
        provisionedDuration: prices['lambda.provisionedDurationArm64'],
      }
    : {
        duration: prices['lambda.durationX86'],
        provisioned: prices['lambda.provisionedX86'],
        provisionedDuration: prices['lambda.provisionedDurationX86'],
      };
}
