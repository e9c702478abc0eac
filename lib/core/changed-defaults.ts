import { Duration, Size, Token } from 'aws-cdk-lib';
import { ChangedDefaultModel, DefaultModel } from '../model/app-model';
import { AppStage } from '../model/app-stage';
import type { DefaultsPart } from '../model/defaults-part';
import type { Prop, PropSet } from '../props/prop';
import { defaultsRows } from './defaults-table';

/** The options that differ from their declared default, recorded while the constructs are created. */
export class ChangedDefaults {
  private readonly changes: Array<ChangedDefaultModel & { readonly part: DefaultsPart }> = [];

  constructor(private readonly stage: AppStage) {}

  /**
   * Records the options that differ from their defaults. A struct without its own row in the table of defaults is searched
   * recursively.
   *
   * @param at the path of the struct, for example `functions.Resize`; empty for the app's own props
   */
  record(given: object, set: PropSet, at: string): void {
    for (const [name, prop] of Object.entries(set.props)) {
      const value = (given as Readonly<Record<string, unknown>>)[name];
      if (value === undefined) {
        continue;
      }
      const { form } = prop.kind;
      if (prop.part !== undefined) {
        this.recordValue(name, value, prop, prop.part, at);
      } else if (form.type === 'struct') {
        this.record(value as object, form.set, [at, name].filter((step) => step !== '').join('.'));
      }
    }
  }

  /** The table of defaults, with the user's changes. */
  model(): DefaultModel[] {
    return defaultsRows().map(({ part, production, development = production, reason }) => ({
      part,
      value: this.stage === AppStage.DEVELOPMENT ? development : production,
      reason,
      changed: this.changes
        .filter((change) => change.part === part)
        .map(({ at, prop, value }) => ({ at, prop, value })),
    }));
  }

  private recordValue(
    name: string,
    given: unknown,
    prop: Prop,
    part: DefaultsPart,
    at: string,
  ): void {
    const value = plainValue(given);
    const defaultValue = prop.defaultOf(this.stage);
    if (defaultValue === undefined || value !== plainValue(defaultValue)) {
      this.changes.push({ part, at: at === '' ? 'app' : at, prop: name, value });
    }
  }
}

/** A value in the form of a table cell; for an object, its given options. */
function plainValue(value: unknown): string | number | boolean {
  if (isPrimitive(value)) {
    return value;
  }
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) {
    return 'given';
  }
  if (value instanceof Duration || value instanceof Size) {
    return value.isUnresolved() ? 'known only at deployment' : formatUnit(value);
  }
  const { name, kind, mode, monthlyUsd: dollars } = value as Readonly<Record<string, unknown>>;
  const label = [name, kind, mode].find((each) => typeof each === 'string');
  if (typeof label === 'string') {
    return label; // A runtime, a `ColdStart` or a `Billing`.
  }
  if (typeof dollars === 'number' && !Token.isUnresolved(dollars)) {
    return `${dollars} dollars a month`; // A `Budget`.
  }
  const plain = Object.getPrototypeOf(value) === Object.prototype;
  const options = Object.entries(plain ? value : {}).filter(([, of]) => of !== undefined);
  return options.length === 0 ? 'given' : options.map(formatOption).join(', ');
}

/** `rateLimit: 200`; for a nested object, only the name. */
function formatOption([name, value]: [string, unknown]): string {
  const short = value instanceof Duration ? plainValue(value) : value;
  return isPrimitive(short) ? `${name}: ${short}` : name;
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function formatUnit(value: Duration | Size): string {
  return value instanceof Duration ? value.toHumanString() : `${value.toMebibytes()} MiB`;
}
