import { Price, PriceList } from './price-list';

/** The ephemeral storage that costs nothing. */
export const FREE_STORAGE_MB = 512;

/** An architecture as Lambda names it. */
export type Architecture = 'arm64' | 'x86_64';

/** What a GB-second costs of one architecture. */
export interface LambdaPrices {
  /** Of work on demand. */
  readonly duration: Price;
  /** Of an environment that is kept ready, at work or not. */
  readonly provisioned: Price;
  /** Of work in such an environment, in addition. */
  readonly provisionedDuration: Price;
}

/** By a name of the app's model; one that is neither counts as x86_64, which costs more. */
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
