/**
 * The types of modules whose default export has `fetch`: `import type { FetchContext } from 'cdk-serverless-app/fetch'`. This entry
 * contains types only.
 */

/**
 * A module whose default export has `fetch`: `export default { … } satisfies FetchModule<ListOrdersEnv>`.
 *
 * `Env` is the type of the environment variables, and `Event` that of Lambda’s event.
 */
export interface FetchModule<
  Env = Readonly<Record<string, string | undefined>>,
  Event = LambdaHttpEvent,
> {
  fetch(request: Request, env: Env, context: FetchContext<Event>): Response | Promise<Response>;
}

/** The third argument of `fetch`. */
export interface FetchContext<Event = LambdaHttpEvent> {
  /** Keeps the invocation running after the response until the promise is settled. A rejection is logged. */
  waitUntil(promise: PromiseLike<unknown>): void;

  /** Does nothing. Modules written for Workers may call it. */
  passThroughOnException(): void;

  /**
   * The invocation on Lambda, also in `serverless-app dev`. In `serverless-app serve` it is present only if a function of the app
   * decided who may call, and its event has no body. Absent on other platforms.
   */
  readonly lambda?: LambdaInvocation<Event>;
}

/** The event and the context that Lambda passed to the function. */
export interface LambdaInvocation<Event = LambdaHttpEvent> {
  /** The event from API Gateway (payload 1.0 or 2.0) or from the function URL. */
  readonly event: Event;
  readonly context: LambdaContext;
}

/** The members that all events of HTTP requests have. Types for one kind of event are in `@types/aws-lambda`. */
export interface LambdaHttpEvent {
  readonly requestContext: {
    readonly requestId: string;
    readonly stage: string;
    /** The result of the authorizer: in format 2.0 in one of these members, in format 1.0 directly. */
    readonly authorizer?: {
      readonly jwt?: {
        readonly claims: Readonly<Record<string, string>>;
        readonly scopes?: readonly string[] | null;
      };
      readonly lambda?: Readonly<Record<string, unknown>> | null;
      readonly iam?: Readonly<Record<string, unknown>>;
      readonly [name: string]: unknown;
    } | null;
    readonly [name: string]: unknown;
  };
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly pathParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly [name: string]: unknown;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  /** In megabytes. */
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Milliseconds until the function times out. */
  getRemainingTimeInMillis(): number;
  readonly [name: string]: unknown;
}
