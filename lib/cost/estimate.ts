import { AppModel, AppUsageModel, UncountedModel } from '../model/app-model';
import { resolvedNumber } from '../model/resolved';
import {
  AppEstimate,
  ESTIMATE_SCHEMA_VERSION,
  LevelEstimate,
  LevelName,
  LEVELS,
} from './app-estimate';
import { appItems } from './app-items';
import { BillItem, billOf } from './bill';
import { AppLoad, loadOf } from './events';
import { functionItems } from './function-items';
import { DEFAULT_MEMORY_MB } from '../model/defaults';
import { countsWrites } from './events';
import { FALLBACK_REGION, PriceId, PriceList, priceListOf } from './price-list';
import { storageItems } from './storage-items';
import { FAILED_SHARE } from '../kinds/failed-share';
import { CONNECTIONS } from '../kinds/web-socket-kind';
import { KEPT_LOG_SHARE, UNKNOWN_RETENTION_DAYS } from '../kinds/log-items';
import { workflowAssumptions } from './workflow-items';
import { COLD_SHARE, SITE_MISSES } from './usage-defaults';

/** Options of an estimate. */
export interface EstimateSettings {
  /** Subtracts AWS's monthly free tier, as if this app alone used it. */
  readonly freeTier?: boolean;
  /** Overrides the app's usage in the model. */
  readonly usage?: AppUsageModel;
}

/**
 * The monthly cost of an app at three usage levels: a pure function of its model, at synthesis or read from the cloud assembly.
 * Values known only at deployment count with a default, which the assumptions mention.
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
      return [level, billOf(itemsOf(model, load, level, usage, prices), prices, freeTier)];
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
    uncounted: (model.uncounted ?? []).map(describeUncounted),
  };
}

/** The monthly cost at one level, as in `estimateOf`. For callers that need it often, such as the report. */
export function levelEstimateOf(
  model: AppModel,
  level: LevelName,
  settings: EstimateSettings = {},
): LevelEstimate {
  const usage = { ...model.usage, ...settings.usage };
  const prices = priceListOf(regionOf(model) ?? FALLBACK_REGION);
  const load = loadOf(model, level, usage);
  return billOf(itemsOf(model, load, level, usage, prices), prices, settings.freeTier ?? false);
}

function itemsOf(
  model: AppModel,
  { functions }: AppLoad,
  level: LevelName,
  usage: AppUsageModel,
  prices: PriceList,
): BillItem[] {
  return [
    ...functions.flatMap((each) => functionItems(each, prices)),
    ...storageItems(model, functions, level, usage),
    ...appItems(model, functions, level),
  ];
}

/** A region's name such as `eu-central-1`. Undefined for a Token or an expression. */
function regionOf({ app }: AppModel): string | undefined {
  const region: unknown = app.region;
  return typeof region === 'string' && /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)
    ? region
    : undefined;
}

/** The prices that the estimate uses and the region lacks. */
function fallbacksOf(prices: PriceList, levels: Record<LevelName, LevelEstimate>): PriceId[] {
  const used = new Set<string>(
    LEVELS.flatMap((level) => levels[level].parts.map(({ price }) => price)),
  );
  return prices.fallbacks.filter((id) => used.has(id));
}

function assumptionsOf(model: AppModel, region: string | undefined): string[] {
  const unknownMemory = model.functions.filter(
    ({ memoryMb }) => resolvedNumber(memoryMb) === undefined,
  );
  const unknownStorage = model.functions.filter(
    ({ ephemeralStorageMb: size }) => size !== undefined && resolvedNumber(size) === undefined,
  );
  const groups = [model.logGroup, ...model.functions.flatMap(({ logGroup }) => logGroup ?? [])];
  return [
    ...(region === undefined
      ? [`the region is known only at deployment: prices are those of ${FALLBACK_REGION}`]
      : []),
    ...unknownMemory.map(
      ({ id }) =>
        `the memory of \`${id}\` is known only at deployment: it counts as ${DEFAULT_MEMORY_MB} MB`,
    ),
    ...unknownStorage.map(
      ({ id }) =>
        `the temporary storage of \`${id}\` is known only at deployment: it counts as 512 MB, which cost nothing`,
    ),
    ...model.functions
      .filter(
        ({ coldStart }) =>
          coldStart.kind === 'provisioned' && resolvedNumber(coldStart.min) === undefined,
      )
      .map(
        ({ id }) =>
          `the provisioned concurrency of \`${id}\` is known only at deployment: it is not counted`,
      ),
    ...(groups.some((group) => (resolvedNumber(group?.retentionDays) ?? 0) === 0)
      ? [
          `logs are assumed to be kept for ${UNKNOWN_RETENTION_DAYS} days, because their retention is unlimited or unknown`,
        ]
      : []),
    `stored logs are compressed to ${KEPT_LOG_SHARE * 100} % of their size`,
    'events are spread evenly over the month; reads of tables are eventually consistent',
    `${FAILED_SHARE * 100} % of the asynchronous and polled events end in a failure queue or bucket`,
    ...workflowAssumptions(model),
    ...((model.sites ?? []).length > 0
      ? [
          `browsers reach the API through the site; ${SITE_MISSES * 100} % of the requests for files reach the bucket; readers are in North America and Europe`,
        ]
      : []),
    ...(model.functions.some(({ coldStart }) => coldStart.kind === 'snapStart')
      ? [`${COLD_SHARE * 100} % of the invocations start an execution environment`]
      : []),
  ];
}

/** The maximum number of ids of one kind that are listed. */
const NAMED = 3;

function describeUncounted({ kind, ids }: UncountedModel): string {
  const more = ids.length > NAMED ? [`${ids.length - NAMED} more`] : [];
  const listed = [...ids.slice(0, NAMED), ...more].join(', ');
  return `${ids.length} ${ids.length === 1 ? kind : plural(kind)} (${listed})`;
}

function plural(kind: string): string {
  return kind
    .replace(/s$/, 'se')
    .replace(/([^aeiou])y$/, '$1ie')
    .concat('s');
}

const NEVER_INCLUDED = [
  'taxes, support plans, Savings Plans and other discounts',
  'retries of failed events',
  'transfer between regions and availability zones, NAT gateways, VPC endpoints',
  'resources and functions in the stack that the app did not create',
  'storage of code, container images and old versions of objects',
];

/** `stateMachine` becomes `state machine`. */
function kindInWords(kind: string): string {
  return kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** The estimate counts what functions do with these. */
const COUNTED_KINDS: ReadonlySet<string> = new Set(['table', 'bucket', CONNECTIONS]);

function notIncluded({
  functions,
  tables,
  http,
  webSocket,
  monitoring,
  sites = [],
}: AppModel): string[] {
  const counted = new Set(
    functions.flatMap(({ triggers }) => triggers.filter(countsWrites).map(({ source }) => source)),
  );
  const others = new Set(
    functions.flatMap(({ access }) =>
      access
        .filter(({ kind, path }) => !COUNTED_KINDS.has(kind) && !counted.has(path))
        .map(({ kind }) => kind),
    ),
  );
  return [
    ...NEVER_INCLUDED,
    ...[...others].map(
      (kind) => `what functions do with each ${kindInWords(kind)} they have access to`,
    ),
    ...(tables.length > 0
      ? [
          'replicas of tables, backups on demand, restores, extra warm throughput, and `Scan` and `Query` reads of many items',
        ]
      : []),
    ...(hasPollers(functions) ? ['provisioned pollers of queues'] : []),
    ...(monitoring.alarms.length > 0 ? ['e-mails and other alarm notifications'] : []),
    ...(http === undefined && webSocket === undefined
      ? []
      : ['domain names, certificates and custom authorizers']),
    ...(sites.length === 0
      ? []
      : ['uploads to sites, more than 1,000 invalidated paths a month, AWS WAF on CloudFront']),
  ];
}

function hasPollers(functions: AppModel['functions']): boolean {
  return functions.some(({ triggers }) =>
    triggers.some(({ details }) => details['minPollers'] !== undefined),
  );
}
