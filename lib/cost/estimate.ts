import { AppModel, AppUsageFacts } from '../app-model';
import { known } from '../scaling/provisioned';
import {
  AppEstimate,
  ESTIMATE_SCHEMA_VERSION,
  LevelEstimate,
  LevelName,
  LEVELS,
} from './app-estimate';
import { appItems } from './app-items';
import { billOf } from './bill';
import { loadOf } from './events';
import { functionItems, UNKNOWN_MEMORY_MB } from './function-items';
import { FALLBACK_REGION, PriceId, PriceList, priceListOf } from './price-list';
import { storageItems } from './storage-items';
import { COLD_SHARE, FAILED_SHARE, KEPT_LOG_SHARE, UNKNOWN_RETENTION_DAYS } from './usage-defaults';

/** How an estimate is made. */
export interface EstimateSettings {
  /** Takes off what AWS gives every account for nothing each month, as if this app had it all. */
  readonly freeTier?: boolean;
  /** Goes before what the model says of the app as a whole. */
  readonly usage?: AppUsageFacts;
}

/**
 * What an app costs a month at each of three usage levels: a pure function of its model, at synthesis as well as on what was
 * read from the cloud assembly. What is known only at deployment counts as something usual, and is said to.
 */
export function estimateOf(model: AppModel, settings: EstimateSettings = {}): AppEstimate {
  const { freeTier = false } = settings;
  const usage = { ...model.usage, ...settings.usage };
  const region = regionOf(model);
  const prices = priceListOf(region ?? FALLBACK_REGION);
  const assumptions = new Set(assumptionsOf(model, region));
  const levels = Object.fromEntries(
    LEVELS.map((level) => {
      const load = loadOf(model, level, usage);
      load.assumptions.forEach((assumption) => assumptions.add(assumption));
      const items = [
        ...load.functions.flatMap((each) => functionItems(each, prices)),
        ...storageItems(model, load.functions, level, usage),
        ...appItems(model, load.functions, level),
      ];
      return [level, billOf(items, prices, freeTier)];
    }),
  ) as Record<LevelName, LevelEstimate>;
  const { id, path, stage, stack } = model.app;
  return {
    schemaVersion: ESTIMATE_SCHEMA_VERSION,
    app: { id, path, stage, stack },
    prices: {
      region: prices.region,
      currency: prices.currency,
      date: prices.date,
      fallbacks: fallbacksOf(prices, levels),
    },
    freeTier,
    levels,
    assumptions: [...assumptions],
    notIncluded: notIncluded(model),
  };
}

/** A name such as `eu-central-1`; a Token, or what became of it in the cloud assembly, is none. */
function regionOf({ app }: AppModel): string | undefined {
  const region: unknown = app.region;
  return typeof region === 'string' && /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)
    ? region
    : undefined;
}

/** The prices that the estimate needed and the region does not have. */
function fallbacksOf(prices: PriceList, levels: Record<LevelName, LevelEstimate>): PriceId[] {
  const used = new Set<string>(
    LEVELS.flatMap((level) => levels[level].parts.map(({ price }) => price)),
  );
  return prices.fallbacks.filter((id) => used.has(id));
}

function assumptionsOf(model: AppModel, region: string | undefined): string[] {
  const unknownMemory = model.functions.filter(({ memoryMb }) => known(memoryMb) === undefined);
  const retention = known(model.logGroup?.retentionDays) ?? 0;
  return [
    ...(region === undefined
      ? [`the region is known only at deployment: prices are those of ${FALLBACK_REGION}`]
      : []),
    ...unknownMemory.map(
      ({ id }) =>
        `the memory of \`${id}\` is known only at deployment: it counts as ${UNKNOWN_MEMORY_MB} MB`,
    ),
    ...model.functions
      .filter(
        ({ coldStart }) => coldStart.kind === 'provisioned' && known(coldStart.min) === undefined,
      )
      .map(
        ({ id }) =>
          `the provisioned concurrency of \`${id}\` is known only at deployment: it is not counted`,
      ),
    ...(retention === 0
      ? [
          `logs count as kept for ${UNKNOWN_RETENTION_DAYS} days, since they are kept without end or for a time that is not known`,
        ]
      : []),
    `logs that are kept are compressed to ${KEPT_LOG_SHARE * 100} % of their size`,
    'events are spread evenly over the month; reads of tables are eventually consistent',
    `${FAILED_SHARE * 100} % of the events that nobody waits for end in the failure queue`,
    ...(model.functions.some(({ coldStart }) => coldStart.kind === 'snapStart')
      ? [`${COLD_SHARE * 100} % of the invocations start an execution environment`]
      : []),
  ];
}

const NEVER_INCLUDED = [
  'taxes, support plans, Savings Plans and other discounts',
  'retries of events that fail at first',
  'transfer between regions and availability zones, NAT gateways, VPC endpoints',
  'resources of the stack that the app did not make, and functions that were added to it outside of the app',
  'storage of code and container images, and of what was deleted or overwritten in a versioned bucket',
];

function notIncluded({ functions, tables, http }: AppModel): string[] {
  const others = new Set(
    functions.flatMap(({ access }) =>
      access.filter(({ kind }) => kind !== 'table' && kind !== 'bucket').map(({ kind }) => kind),
    ),
  );
  return [
    ...NEVER_INCLUDED,
    ...[...others].map((kind) => `what functions do with each ${kind} that they may touch`),
    ...(tables.length > 0
      ? [
          'replicas of tables, backups on demand, restores, warm throughput above the least, reads by `Scan` and `Query` of many items',
        ]
      : []),
    ...(http === undefined ? [] : ['domain names and certificates, and authorizers of your own']),
  ];
}
