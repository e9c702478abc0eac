import { Construct } from 'constructs';
import type { IAppFunction, IServerlessApp } from './contract';
import { foldNotices, Notice } from './fold-notices';
import { inform, warn } from './messages';
import { perApp } from './per-app';

/** A warning or an info message about one function, or about a workflow. */
export interface FunctionNotice extends Notice {
  readonly fn: Construct | IAppFunction;
  readonly level: 'warning' | 'info';
  /** The whole id, which acknowledges it. */
  readonly id: string;
  /** The path of the prop: a filter of `Validations.acknowledge`. */
  readonly prop?: string;
}

const PROBE_ID = 'Notice';

/**
 * The notices of an app about its functions. Synthesis reports them once everything is declared. A notice that applies to several
 * functions becomes one message of the app, because 19 copies of a warning hide the twentieth, different one.
 */
export class Notices {
  static readonly of = perApp(({ app }) => new Notices(app));

  private readonly notices = new Map<string, FunctionNotice>();
  private readonly shown = new Set<string>();

  private constructor(private readonly app: IServerlessApp) {}

  add(notice: FunctionNotice): void {
    this.notices.set(JSON.stringify([notice.fn.node.path, notice.id, notice.message]), notice);
  }

  /** Reports the notices that are not acknowledged, for the app or for the function. */
  report(): void {
    for (const { notices, message } of foldNotices([...this.notices.values()], isShown)) {
      const [first] = notices;
      if (first !== undefined) {
        const functions = new Set(notices.map(({ fn }) => fn));
        show(functions.size === 1 ? first.fn : this.app, { ...first, message });
        notices.forEach((notice) => this.shown.add(notice.message));
      }
    }
  }

  /** Whether a notice with this message was reported, alone or together with others. */
  wasShown(message: string): boolean {
    return this.shown.has(message);
  }
}

/** Asks the CDK, which handles acknowledgements of a scope and of single props, with a temporary construct. */
function isShown(notice: FunctionNotice): boolean {
  const probe = new Construct(notice.fn, PROBE_ID);
  show(probe, notice);
  notice.fn.node.tryRemoveChild(PROBE_ID);
  return probe.node.metadata.length > 0;
}

function show(
  scope: Construct | IAppFunction | IServerlessApp,
  { id, level, message, prop }: FunctionNotice,
): void {
  if (level === 'info') {
    inform(scope, id, message);
  } else {
    warn(scope, id, message, prop);
  }
}
