import { HTTP_KIND } from '../kinds/http-kind';
import { Amounts } from '../kinds/trigger-kind';
import { AppModel, LevelModel, UsageModel } from '../model/app-model';
import { LevelEstimate, LevelName, LEVELS } from '../cost/app-estimate';
import { levelEstimateOf } from '../cost/estimate';
import { AppLoad, loadOf } from '../cost/events';
import { amountsOf, BUCKET_GIGABYTES, TABLE_GIGABYTES } from '../cost/usage-defaults';

/** The loads of a report, in events a month from outside the app. */
export const LEAST_EVENTS = 1e4;
export const MOST_EVENTS = 1e9;
/** A step of the slider is a hundredth of a decade. */
export const STEPS = 500;

/** The load at a step of the slider. */
export function eventsAt(step: number): number {
  return LEAST_EVENTS * 10 ** ((step / STEPS) * Math.log10(MOST_EVENTS / LEAST_EVENTS));
}

/** The step nearest to a load. */
export function stepOf(events: number): number {
  const share = Math.log10(events / LEAST_EVENTS) / Math.log10(MOST_EVENTS / LEAST_EVENTS);
  return Math.round(Math.min(1, Math.max(0, share)) * STEPS);
}

/**
 * An app at any load. The load counts events from outside. Schedules keep their counts, and what functions write runs other
 * functions as always. The three usage levels are three of these loads: between two of them amounts are interpolated, and beyond
 * them each additional event costs the same. The cost of a load is the estimate of the model with these events in it.
 */
export class LoadRange {
  /** The events from outside at each usage level. */
  readonly levels: Readonly<Record<LevelName, number>>;

  /** Whether any event comes from outside. An app that only runs on schedules has one load. */
  readonly varies: boolean;

  private readonly outside: ReadonlyMap<string, Amounts>;

  constructor(
    private readonly model: AppModel,
    private readonly freeTier = false,
  ) {
    const loads = LEVELS.map((level) => [level, loadOf(model, level, model.usage ?? {})] as const);
    this.outside = new Map([
      ...outsideOf(Object.fromEntries(loads) as Record<LevelName, AppLoad>),
      ...forwardsOf(model),
    ]);
    const all = [...this.outside.values()];
    const sum = (level: LevelName): number => all.reduce((total, each) => total + each[level], 0);
    this.levels = { low: sum('low'), moderate: sum('moderate'), high: sum('high') };
    this.varies = this.levels.moderate > 0;
  }

  /** The model with this number of events, the same at every level. */
  modelAt(events: number): AppModel {
    const { functions, http, usage = {} } = this.model;
    const amount = (amounts: Amounts): LevelModel => {
      const here = this.between(amounts, events);
      return { low: here, moderate: here, high: here };
    };
    return {
      ...this.model,
      http: http && {
        ...http,
        forwards: http.forwards?.map((forward) => {
          const amounts = this.outside.get(forward.route);
          return amounts === undefined
            ? forward
            : { ...forward, details: { ...forward.details, monthlyEvents: amount(amounts) } };
        }),
      },
      functions: functions.map((fn) => {
        const own = this.outside.get(keyOf(fn.id));
        const given: UsageModel = own === undefined ? {} : { monthlyEvents: amount(own) };
        return {
          ...fn,
          usage: { ...fn.usage, ...given },
          triggers: fn.triggers.map((trigger, i) => {
            const amounts = this.outside.get(keyOf(fn.id, i));
            return amounts === undefined
              ? trigger
              : { ...trigger, details: { ...trigger.details, monthlyEvents: amount(amounts) } };
          }),
        };
      }),
      usage: {
        ...usage,
        tableGigabytes: amount(amountsOf(usage.tableGigabytes, TABLE_GIGABYTES)),
        bucketGigabytes: amount(amountsOf(usage.bucketGigabytes, BUCKET_GIGABYTES)),
      },
    };
  }

  /** The cost of a month at this load. */
  estimateAt(events: number): LevelEstimate {
    return levelEstimateOf(this.modelAt(events), this.levelNear(events), {
      freeTier: this.freeTier,
    });
  }

  /** How often each function runs at this load. */
  loadAt(events: number): AppLoad {
    const model = this.modelAt(events);
    return loadOf(model, this.levelNear(events), model.usage ?? {});
  }

  /** The nearest level, which supplies the amounts that do not depend on events. */
  private levelNear(events: number): LevelName {
    const { low, moderate, high } = this.levels;
    if (events * events < low * moderate) {
      return 'low';
    }
    return events * events < moderate * high ? 'moderate' : 'high';
  }

  private between({ low, moderate, high }: Amounts, events: number): number {
    const { levels } = this;
    if (events <= levels.low) {
      return (low * events) / levels.low;
    }
    if (events >= levels.high) {
      return (high * events) / levels.high;
    }
    const upper = events >= levels.moderate;
    const [from, to] = upper ? [moderate, high] : [low, moderate];
    const [a, b] = upper ? [levels.moderate, levels.high] : [levels.low, levels.moderate];
    return from + ((to - from) * (events - a)) / (b - a);
  }
}

/** The requests that routes without a function take at each level, by route. */
function forwardsOf({ http }: AppModel): Map<string, Amounts> {
  return new Map(
    (http?.forwards ?? []).map(({ route, details }) => [
      route,
      amountsOf(details.monthlyEvents, HTTP_KIND.monthlyEvents),
    ]),
  );
}

/** The events of each trigger that come from outside, and of each function without a trigger, at each level. */
function outsideOf(loads: Readonly<Record<LevelName, AppLoad>>): ReadonlyMap<string, Amounts> {
  const outside = new Map<string, Amounts>();
  loads.moderate.functions.forEach(({ fn, triggers, events }, f) => {
    if (fn.triggers.length === 0 && events > 0) {
      const of = (level: LevelName): number => loads[level].functions[f]?.events ?? 0;
      outside.set(keyOf(fn.id), { low: of('low'), moderate: of('moderate'), high: of('high') });
    }
    triggers.forEach(({ outside: comes }, t) => {
      const at = (level: LevelName): number => loads[level].functions[f]?.triggers[t]?.events ?? 0;
      if (comes) {
        outside.set(keyOf(fn.id, t), {
          low: at('low'),
          moderate: at('moderate'),
          high: at('high'),
        });
      }
    });
  });
  return outside;
}

function keyOf(id: string, trigger?: number): string {
  return `${trigger ?? 'itself'} ${id}`;
}
