import { AppStage } from '../model/app-stage';
import type { DefaultsPart } from '../model/defaults-part';
import type { IntegerRange, PropCheck } from './prop-check';

/** What a value may be, as data. The tests generate random values and Token cases from it. */
export type Form =
  | { readonly type: 'integer'; readonly min: number; readonly max?: number }
  | {
      readonly type: 'number';
      readonly min?: number;
      readonly max?: number;
      readonly known?: boolean;
    }
  | { readonly type: 'duration'; readonly min: number; readonly max: number; readonly unit: string }
  | { readonly type: 'flag' | 'date' | 'anything' }
  | { readonly type: 'text'; readonly known?: boolean }
  | { readonly type: 'size'; readonly min: number; readonly max: number }
  | { readonly type: 'enum'; readonly values: () => readonly string[] }
  | { readonly type: 'list'; readonly item: Prop; readonly length?: IntegerRange }
  | { readonly type: 'map'; readonly item: Prop }
  | { readonly type: 'struct'; readonly set: PropSet }
  | { readonly type: 'instance'; readonly member: string };

/** Which values a prop accepts. */
export interface Kind {
  readonly form: Form;
  /** Completes `must be …`. */
  readonly what: string;
  readonly remedy: string;
  readonly accepts: (value: unknown) => boolean;
  /** Checks an accepted value: its range, or its contents. A Token is never compared. */
  readonly validateInner?: (value: never, prop: string, check: PropCheck) => void;
}

/**
 * The declaration of one prop. Immutable: each method returns a new declaration.
 *
 * The type parameters are for the compiler: a value's type, whether the prop is required, and whether it has a default.
 */
export class Prop<T = unknown, R extends boolean = boolean, D extends boolean = boolean> {
  /** Only a type: it ties the declaration to the type of the prop. */
  declare readonly type?: T;

  constructor(
    readonly kind: Kind,
    readonly isRequired: R,
    readonly hasDefault: D,
    /** The row of the table of defaults that the prop changes. */
    readonly part?: DefaultsPart,
    private readonly defaults?: Readonly<Record<AppStage, unknown>>,
  ) {}

  /** The prop must be given. */
  required(): Prop<T, true, D> {
    return new Prop<T, true, D>(this.kind, true, this.hasDefault, this.part, this.defaults);
  }

  /** The value that applies if the prop is left out. */
  defaultsTo(value: T): Prop<T, R, true> {
    return this.byStage({ [AppStage.PRODUCTION]: value, [AppStage.DEVELOPMENT]: value });
  }

  /** A default that differs between the stages. */
  byStage(values: Readonly<Record<AppStage, T>>): Prop<T, R, true> {
    return new Prop<T, R, true>(this.kind, this.isRequired, true, this.part, values);
  }

  /** Replaces the remedy of the kind. */
  withRemedy(remedy: string): Prop<T, R, D> {
    return new Prop<T, R, D>(
      { ...this.kind, remedy },
      this.isRequired,
      this.hasDefault,
      this.part,
      this.defaults,
    );
  }

  /** The row of the table of defaults that a value changes. The report lists such values as changed defaults. */
  in(part: DefaultsPart): Prop<T, R, D> {
    return new Prop<T, R, D>(this.kind, this.isRequired, this.hasDefault, part, this.defaults);
  }

  /** The default of a stage; undefined if there is none. */
  defaultOf(stage: AppStage): unknown {
    return this.defaults?.[stage];
  }
}

/** The declared props of a struct. Made by `propsOf`. */
export interface PropSet<T = unknown, D = unknown> {
  /** Only a type: the struct that is declared. */
  readonly type?: T;
  readonly props: Readonly<Record<string, Prop>> & D;
  /** The CDK's interfaces that the struct extends, each `aws-lambda/lib/function#FunctionOptions`. */
  readonly cdk: readonly string[];
}

/** A prop that may be left out and has no default. The functions of `kinds.ts` return such props. */
export type Optional<T> = Prop<T, false, false>;
