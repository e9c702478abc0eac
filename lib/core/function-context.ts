import type { IConstruct } from 'constructs';
import type { PropCheck } from '../props/prop-check';
import type { RuleReasons } from './acknowledged-rules';
import type { IAppFunction } from './contract';

/** The answers that a function gives to other parts of its app. */
export interface FunctionState {
  /** Reports errors with the path of the function's props. */
  readonly check: PropCheck;
  readonly deterministicName: () => string;
  readonly deterministicArn: () => string;
  /**
   * The longest time that a caller waits for an invocation: the timeout, or, for a durable function, the timeout of the whole execution.
   */
  readonly timeoutSeconds: () => number | undefined;
  readonly isAsync: () => boolean;
  readonly references: () => readonly string[];
  readonly receiveVersionOf: (fn: IAppFunction) => void;
}

const contexts = new WeakMap<IAppFunction, FunctionContext>();

/** What a function shares with the other parts of its app, but not with users. */
export class FunctionContext {
  /** Opens the context of a function. The constructor of the function calls it first. */
  static open(fn: IAppFunction, state: FunctionState): void {
    contexts.set(fn, new FunctionContext(state));
  }

  static of(fn: IAppFunction): FunctionContext {
    const context = contexts.get(fn);
    if (context === undefined) {
      throw new Error(
        `${fn.node.path} is not a function of a ServerlessApp: create it with \`addFunction\``,
      );
    }
    return context;
  }

  /** The wildcard resources that the app granted to the function, each with the reason. */
  readonly wildcards = new Map<string, string>();

  /** The event source mappings of queues, whose failures go to the queue's own dead-letter queue. */
  readonly queueMappings: IConstruct[] = [];

  /** The reasons for AWS managed policies on the function's role. */
  readonly managedPolicies: RuleReasons[] = [];

  private constructor(private readonly state: FunctionState) {}

  /** Reports errors with the path of the function's props. */
  get check(): PropCheck {
    return this.state.check;
  }

  /** The function's name. In an app with shards it is known before the function exists. */
  get deterministicName(): string {
    return this.state.deterministicName();
  }

  /** The ARN derived from `deterministicName`. */
  get deterministicArn(): string {
    return this.state.deterministicArn();
  }

  /** The timeout in seconds, or undefined if it is known only at deployment. */
  get timeoutSeconds(): number | undefined {
    return this.state.timeoutSeconds();
  }

  /** Whether asynchronous events have a failure destination. */
  get isAsync(): boolean {
    return this.state.isAsync();
  }

  /** The strings that may refer to other resources: the values of the environment, and the resources of the permissions. */
  get references(): readonly string[] {
    return this.state.references();
  }

  /** Passes the ARN of another function's new version to this function, which is the hook of its rollout. */
  receiveVersionOf(fn: IAppFunction): void {
    this.state.receiveVersionOf(fn);
  }
}
