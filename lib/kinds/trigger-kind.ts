import { AppModel, TriggerModel } from '../model/app-model';

/**
 * Everything the library knows about one kind of trigger, apart from the constructs that connect it. Cost, guards, report,
 * scaling and the CLI use this interface; none of them tests which kind it is. A new kind is one file and one line in `TRIGGER_KINDS`.
 *
 * Values of a trigger's `details` may be Tokens at synthesis and CloudFormation expressions in the cloud assembly.
 */
export interface TriggerKind {
  /** The name in `TriggerConfig.kind` and in the model. */
  readonly kind: string;

  /** How Lambda invokes the function. Absent for users' own triggers, which state it themselves. */
  readonly invocation?: Invocation;

  /** The row of the table of defaults that the trigger's options belong to. Absent: a row of the library's own table. */
  readonly defaults?: DefaultsOfKind;

  /** Describes the trigger in a few words: `changes of Orders`. */
  describe(trigger: TriggerModel): string;

  /** How the report draws it. */
  readonly drawing: Drawing;

  /** The expected number of events a month from outside the app, unless the user says otherwise. */
  readonly monthlyEvents: Amounts;

  /** Whether Lambda reads from the handler’s result which records failed. Absent: never. */
  readonly reportsBatchItems?: (trigger: TriggerModel) => boolean;

  /** The milliseconds an invocation is billed for, unless the user says otherwise. */
  readonly durationMs: number;

  /** What the trigger’s functions do otherwise in `serverless-app dev` than on AWS. Absent: nothing that is known. */
  localDifference?(trigger: TriggerModel): string | undefined;

  /** How many events one invocation receives on average. Absent: one. */
  batchOf?(trigger: TriggerModel, monthlyEvents: number): number;

  /** What AWS bills for delivering the events, in addition to the invocations. Absent: nothing. */
  billItems?(load: TriggerLoad, model: AppModel): KindBillItem[];

  /** The destination of an event that the function cannot process. */
  failsTo(trigger: TriggerModel): FailureTarget;

  /** A typical event, as the handler receives it. */
  sampleEvent(trigger: TriggerModel): object;

  /** Whether an event, which may be any JSON value, has the form of this kind's events. */
  recognizes(event: unknown): boolean;

  /** Whether an event of this form may come from this trigger rather than from another of its kind. */
  fits(event: unknown, trigger: TriggerModel): boolean;

  /**
   * Whether it passes on events of other kinds, as a bus does with those of S3, or of any form, as an input transformer does. If
   * so, only `fits` decides whether an event may come from it. Absent: no.
   */
  readonly passesAnyForm?: boolean;

  /**
   * The values of `detail-type` in the events that the function receives whole: text, or, for anything else that may match, another value.
   * Absent: the events have none.
   */
  detailTypes?(trigger: TriggerModel): readonly unknown[];

  /** The upper bound that the trigger sets on concurrent invocations. */
  maxConcurrency?(trigger: TriggerModel): number | undefined;

  /**
   * Whether AWS bills the source by something other than its events, so that the estimate lists the source as not counted.
   * Absent: no.
   */
  readonly billsSourceApart?: boolean;

  /**
   * Whether its events carry a tenant id, without which Lambda rejects an invocation of a function with tenant isolation. Absent:
   * they cannot.
   */
  carriesTenant?(details: TriggerModel['details']): boolean;

  /** Present if its events are HTTP requests, which a module with `fetch` can answer: whether the response is streamed. */
  readonly streamsResponse?: (trigger: TriggerModel) => boolean;

  /** Present if a caller waits for the function's response. */
  readonly caller?: Caller;

  /** Present if a clock triggers the function. */
  readonly clock?: Clock;

  /** Present if Lambda reads the events from the shards of a stream. */
  readonly stream?: Stream;

  /** Present if the events come from a resource that functions may write to. Absent for events from outside the app. */
  readonly source?: EventSource;
}

/** A row of the table of defaults, the same in every stage. */
export interface DefaultsOfKind {
  readonly part: string;
  readonly production: string;
  readonly reason: string;
}

export type Invocation = 'synchronous' | 'asynchronous' | 'polled';

/** An amount at each usage level. */
export interface Amounts {
  readonly low: number;
  readonly moderate: number;
  readonly high: number;
}

export interface Drawing {
  readonly icon: TriggerIcon;
  /** If present, all triggers of this kind of one function are drawn as one node with this label: `routes`. */
  readonly together?: string;
  /** Whether the event is drawn as its source, the node that functions write to: messages of a queue are drawn as the queue. */
  readonly asSource?: boolean;
}

/** An icon of the report's graph. */
export type TriggerIcon =
  'request' | 'clock' | 'changes' | 'objects' | 'queue' | 'topic' | 'event' | 'other';

/** What one trigger handles in a month. */
export interface TriggerLoad {
  readonly trigger: TriggerModel;
  readonly events: number;
  readonly itemBytes: number;
  readonly responseBytes: number;
}

/** A billed quantity. Trigger kinds contain no prices; they refer to a price by its key in `prices.json`. */
export interface KindBillItem {
  readonly price: string;
  /** The id of the billed resource. Absent: the app as a whole. */
  readonly resource?: string;
  readonly quantity: number;
  /**
   * Whether the source is billed only once, however many functions it triggers. Then the largest of these quantities counts, not
   * their sum.
   */
  readonly perSource?: boolean;
}

/** The destination of an event that the function cannot process. */
export type FailureTarget =
  /** The caller receives the error. */
  | { readonly to: 'caller' }
  /** It is lost: nobody waits, and AWS does not try again. */
  | { readonly to: 'nobody' }
  /** The function's own `onFailure`, otherwise the app's failure queue. */
  | { readonly to: 'failureQueue' }
  /** The app's failure bucket, which notifies the failure queue. */
  | { readonly to: 'failureBucket' }
  /** The source's own dead-letter queue. */
  | { readonly to: 'deadLetterQueue'; readonly path: string }
  /** As the trigger itself configures it. */
  | { readonly to: 'trigger' };

export interface Caller {
  /** `an HTTP API`. */
  readonly name: string;
  /** The maximum time that it waits. */
  readonly waitsSeconds: number;
  /** The AWS page that documents it. */
  readonly documentation: string;
  /** The trigger's own throttle in API Gateway. Absent: requests do not pass through API Gateway. */
  throttleOf?(trigger: TriggerModel): Throttle;
  /** The throttle of the whole API, which applies to triggers without their own. */
  throttleOfApi?(model: AppModel): Throttle | undefined;
  /** Whether each of its events is a new WebSocket connection; an account may open a limited number per second. Absent: no. */
  opensConnection?(trigger: TriggerModel): boolean;
  /** Whether anyone may call the function. */
  isOpen(trigger: TriggerModel): boolean;
  /** Whether anyone may call the function although the user did not ask for that. */
  isOpenByDefault(trigger: TriggerModel): boolean;
}

export interface Throttle {
  readonly rateLimit?: number;
  readonly burstLimit?: number;
}

export interface Clock {
  /** Undefined if the schedule is known only at deployment. */
  eventsAMonth(trigger: TriggerModel): number | undefined;
}

export interface Stream {
  /** The property of the source construct that holds the stream's ARN. */
  readonly arn: string;
  /** How many batches of one shard are processed at the same time. */
  batchesPerShard(trigger: TriggerModel): number;
  /** How many readers can share a shard without throttling each other. */
  readonly readers: StreamReaders;
}

export interface StreamReaders {
  readonly limit: number;
  /** The limit if the source has replicas in other regions. Absent: the same. */
  readonly limitOfGlobal?: number;
  /** The alternative to combining two readers. */
  readonly remedy: string;
  /** The AWS page that documents it. */
  readonly source: string;
}

export interface EventSource {
  /** The type of the source. Absent if it is not known. */
  readonly resource?: 'table' | 'bucket' | 'queue' | 'stream' | 'topic' | 'eventBus';
  /** The property of the source construct that holds its ARN. */
  readonly arn?: string;
  /** Whether each write to the source is an event, so that events can be counted from what functions write. */
  countsWrites(trigger: TriggerModel): boolean;
  /** Whether the trigger selects among the events. */
  isFiltered(trigger: TriggerModel): boolean;
  /** Which writes run the function; undefined if functions cannot write what runs it. */
  listensTo(trigger: TriggerModel): Listening | undefined;
  /**
   * What a grant of these IAM actions lets a function write.
   *
   * @param below the part of the statement's resource after the ARN and a slash: the keys of a bucket. Undefined: the ARN itself
   * @param conditions the statement's conditions, in the form of IAM
   * @returns undefined if such a write cannot trigger a function
   */
  writesOf?(
    actions: readonly string[],
    below: string | undefined,
    conditions?: unknown,
  ): Write | undefined;
}

/** Which writes to its source run a function. */
export interface Listening {
  /** Whether the user narrowed the trigger so that the function's own writes need not run it. */
  readonly narrowed: boolean;
  /** For a bucket: the keys, and whether it reports new and removed objects. */
  readonly objects?: {
    readonly prefix: string;
    readonly suffix: string;
    readonly created: boolean;
    readonly removed: boolean;
  };
  /** For an event bus: the detail types that the pattern names. */
  readonly events?: NamedEvents;
}

/** Events of a bus. */
export interface NamedEvents {
  /** Undefined: any. */
  readonly detailTypes?: readonly string[];
}

/** What a function may write. */
export interface Write {
  /** For a bucket: the keys, with `*` for any text, and the permitted operations. Absent if nothing narrows them. */
  readonly objects?: { readonly keys: string; readonly puts: boolean; readonly deletes: boolean };
  /** For an event bus: the detail types that the function may put. */
  readonly events?: NamedEvents;
}
