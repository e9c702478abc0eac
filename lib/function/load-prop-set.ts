import { flag, knownNumber } from '../props/kinds';
import { propsOf } from '../props/prop-set';
import type { LoadOptions } from '../scaling/load-options';

export const LOAD_PROPS = propsOf<LoadOptions>()({
  seconds: knownNumber(0),
  waits: flag(),
  opensConnections: flag(),
  rateLimit: knownNumber(0),
  burstLimit: knownNumber(0),
  apiRateLimit: knownNumber(0),
  apiBurstLimit: knownNumber(0),
  concurrencyLimit: knownNumber(0),
  concurrencyElsewhere: knownNumber(0),
  reservedConcurrency: knownNumber(0),
  maxConcurrency: knownNumber(0),
  readyEnvironments: knownNumber(0),
  readUnits: knownNumber(0),
  writeUnits: knownNumber(0),
  maxReadUnits: knownNumber(0),
  maxWriteUnits: knownNumber(0),
  warmReadUnits: knownNumber(0),
  warmWriteUnits: knownNumber(0),
});
