import {
  FunctionError,
  FunctionProcess,
  Invocation,
  Outcome,
  ProcessOptions,
} from './function-process';

/** A function's bundle. */
export interface Build {
  readonly file: string;
  /** The name of the export. */
  readonly handler: string;
  /** Whether a trigger streams the response. */
  readonly stream: boolean;
  /** Files of packages that the bundle imports and does not contain. */
  readonly packages: readonly string[];
}

/** A completed invocation, for the log. */
export interface Ran {
  readonly outcome: Outcome;
  readonly log: readonly string[];
  readonly durationMs: number;
  /** Only after a cold start. */
  readonly initMs?: number;
}

export interface PoolOptions {
  /** The folder that handlers run in, which `LAMBDA_TASK_ROOT` names. */
  readonly folder: () => string;
  readonly reaper: ProcessOptions['reaper'];
  readonly inspect?: number;
  /** Called if a process ends by itself between two events, for example after a rejection that nobody handles. */
  readonly onLost?: (log: readonly string[]) => void;
}

/** The maximum number of idle processes; the others are ended. */
const KEPT_IDLE = 1;

/**
 * The processes of one function. Each runs one event at a time, like a Lambda execution environment, and has loaded one bundle. When
 * another bundle is built, a process that has already loaded the packages loads it; the others end, busy ones after
 * their event.
 */
export class FunctionPool {
  private build?: Build;
  private readonly idle: FunctionProcess[] = [];
  private readonly busy = new Set<FunctionProcess>();
  private readonly watched = new WeakSet<FunctionProcess>();
  private readonly outdated = new WeakSet<FunctionProcess>();
  private readonly living = new Set<FunctionProcess>();
  private spare?: FunctionProcess;
  private invocation?: Invocation;
  private next?: Promise<void>;
  private queue: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: PoolOptions) {}

  /** Replaces the bundle. If the function has had an event before, a process loads it immediately. */
  async replace(build: Build): Promise<void> {
    this.build = build;
    await this.restart();
  }

  /** Ends all processes, so that the next event meets a cold start. */
  cold(): void {
    this.discard();
    this.dropSpare();
  }

  async invoke(invocation: Invocation): Promise<Ran> {
    if (this.options.inspect === undefined) {
      return this.run(invocation);
    }
    // A debugger has one port, so there is one process.
    const ran = this.queue.then(() => this.run(invocation));
    this.queue = ran.catch(() => undefined);
    return ran;
  }

  stop(): void {
    this.stopped = true;
    this.discard();
    this.dropSpare();
    this.busy.forEach((each) => {
      each.kill();
    });
  }

  /** Loads the bundle in a new process, if an earlier event has shown the function's environment. */
  private async restart(): Promise<void> {
    this.discard();
    const { invocation, build } = this;
    if (invocation === undefined || build === undefined || this.stopped) {
      return;
    }
    const ready = this.prepare(invocation, build);
    this.next = ready;
    await ready;
    if (this.next === ready) {
      this.next = undefined;
    }
  }

  private async prepare(invocation: Invocation, build: Build): Promise<void> {
    const process_ = this.takeSpare(invocation) ?? (await this.start(invocation));
    const error = await process_.load(build.file, build.handler, build.stream);
    if (error !== undefined || this.build !== build || this.stopped) {
      process_.kill(); // The next event reports the error.
    } else {
      this.idle.push(process_);
    }
    this.makeSpare(invocation, build);
  }

  private async run(invocation: Invocation): Promise<Ran> {
    if (isOther(this.invocation, invocation)) {
      this.discard();
      this.dropSpare();
    }
    this.invocation = invocation;
    await this.next;
    const { build } = this;
    if (build === undefined) {
      throw new Error('the handler has never compiled since `serverless-app dev` started');
    }
    const known = this.takeIdle();
    const ran = await this.runIn(build, invocation, known);
    // While the process started, another bundle may have taken the place of this one.
    return ran === undefined ? this.run(invocation) : ran;
  }

  /** Undefined if the bundle could not be loaded, and is no longer the current one. */
  private async runIn(
    build: Build,
    invocation: Invocation,
    known: FunctionProcess | undefined,
  ): Promise<Ran | undefined> {
    const process_ = known ?? this.takeSpare(invocation) ?? (await this.start(invocation));
    this.busy.add(process_);
    const started = Date.now();
    try {
      const failed = known === undefined ? await this.load(process_, build) : undefined;
      const init = process_.used ? undefined : process_.initMs;
      const began = Date.now();
      const outcome =
        failed === undefined ? await process_.invoke(invocation) : { error: failed, ended: true };
      if (failed !== undefined) {
        process_.kill();
        if (this.build !== build && !this.stopped) {
          return undefined;
        }
      }
      return {
        outcome,
        log: process_.takeLog(),
        durationMs: Date.now() - (failed === undefined ? began : started),
        initMs: init,
      };
    } finally {
      this.busy.delete(process_);
      this.giveBack(process_, build);
      this.makeSpare(invocation, build);
    }
  }

  private load(process_: FunctionProcess, build: Build): Promise<FunctionError | undefined> {
    return process_.load(build.file, build.handler, build.stream);
  }

  private giveBack(process_: FunctionProcess, build: Build): void {
    const current = this.build === build && !this.outdated.has(process_) && !this.stopped;
    if (current && process_.alive && this.idle.length < KEPT_IDLE + this.busy.size) {
      this.idle.push(process_);
      this.watchEnd(process_);
    } else {
      process_.kill();
    }
  }

  /** Once for each process, which may run many events. */
  private watchEnd(process_: FunctionProcess): void {
    if (!this.watched.has(process_)) {
      this.watched.add(process_);
      void process_.ended().then(() => {
        this.lose(process_);
      });
    }
  }

  /** Only a process that has ended by itself is still among the idle ones. */
  private lose(process_: FunctionProcess): void {
    const at = this.idle.indexOf(process_);
    if (at >= 0) {
      this.idle.splice(at, 1);
      this.options.onLost?.(process_.takeLog());
    }
  }

  private takeIdle(): FunctionProcess | undefined {
    for (let each = this.idle.pop(); each !== undefined; each = this.idle.pop()) {
      if (each.alive) {
        return each;
      }
      this.options.onLost?.(each.takeLog()); // It failed after its last event, and ends.
    }
    return undefined;
  }

  private discard(): void {
    this.idle.splice(0).forEach((each) => {
      each.kill();
    });
    this.busy.forEach((each) => this.outdated.add(each));
  }

  private dropSpare(): void {
    this.spare?.kill();
    this.spare = undefined;
  }

  private takeSpare(invocation: Invocation): FunctionProcess | undefined {
    const { spare } = this;
    this.spare = undefined;
    if (spare?.alive !== true || isOther(this.invocation, invocation)) {
      spare?.kill();
      return undefined;
    }
    return spare;
  }

  /** Starts a process that loads the packages of the bundle, for the next bundle. */
  private makeSpare(invocation: Invocation, build: Build): void {
    if (this.spare === undefined && this.options.inspect === undefined && !this.stopped) {
      this.spare = this.launch(invocation);
      this.spare.preload(build.packages);
    }
  }

  /** With an inspector, waits for the last process to end, because only then is the port free. */
  private async start(invocation: Invocation): Promise<FunctionProcess> {
    if (this.options.inspect !== undefined) {
      await Promise.all([...this.living].map((each) => each.ended()));
    }
    return this.launch(invocation);
  }

  private launch(invocation: Invocation): FunctionProcess {
    const process_ = this.makeProcess(invocation);
    this.living.add(process_);
    void process_.ended().then(() => this.living.delete(process_));
    return process_;
  }

  private makeProcess({
    environment,
    memoryMb,
    functionName,
    version,
  }: Invocation): FunctionProcess {
    const folder = this.options.folder();
    return new FunctionProcess({
      environment: {
        PATH: process.env.PATH ?? '',
        LANG: 'en_US.UTF-8',
        TZ: ':UTC',
        LAMBDA_TASK_ROOT: folder,
        AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0] ?? ''}.x`,
        AWS_LAMBDA_FUNCTION_NAME: functionName,
        AWS_LAMBDA_FUNCTION_VERSION: version,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', // The Node.js here is not the function's runtime.
        ...environment,
      },
      memoryMb,
      folder,
      reaper: this.options.reaper,
      inspect: this.options.inspect,
    });
  }
}

/** Whether the processes for the known invocation cannot run the new one, because a deployment has changed the function in between. */
function isOther(known: Invocation | undefined, now: Invocation): boolean {
  const shape = ({ environment, memoryMb, version }: Invocation): string =>
    JSON.stringify([environment, memoryMb, version]);
  return known !== undefined && shape(known) !== shape(now);
}
