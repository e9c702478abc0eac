import { Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { acceptOptions } from '../../core/accept-options';
import { IAppFunction, InvocationType, ITrigger, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { UsageAmounts } from '../../estimate/usage';
import { levelModel } from '../../estimate/usage-model';
import { amounts } from '../../estimate/usage-prop-set';
import { AppFunctionOptions } from '../../function/app-function-props';
import { existingUrl, URL_ID } from '../../function/function-url';
import { FUNCTION_URL_KIND } from '../../kinds/function-url-kind';
import { addUrlErrors } from '../../monitoring/url-errors';
import { duration, flag, fullText, listOf, oneOf, struct } from '../../props/kinds';
import { unquoted } from '../../props/prop-check';
import { propsOf } from '../../props/prop-set';
import { supportsFunctionUrls } from './url-regions';

/** Options of a function URL trigger. */
export interface FunctionUrlTriggerOptions {
  /**
   * Who may call. `AWS_IAM`: principals with the permissions `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`, which sign their
   * requests (`fn.functionUrl.grantInvokeUrl(…)` grants both). `NONE`: everybody.
   *
   * @default FunctionUrlAuthType.AWS_IAM
   */
  readonly authType?: lambda.FunctionUrlAuthType;

  /**
   * Which web pages from other origins may call the URL in a browser.
   *
   * @default - none: browsers reject calls from other origins
   */
  readonly cors?: lambda.FunctionUrlCorsOptions;

  /**
   * Whether Lambda streams the response to the caller while the function writes it: up to 200 MB instead of 6 MB. Wrap the handler in
   * `awslambda.streamifyResponse`, or export a module with `fetch` (docs/web-handlers.md).
   *
   * @default false
   */
  readonly stream?: boolean;

  /**
   * The expected number of requests in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise 100,000, 1 million and 10 million
   */
  readonly monthlyEvents?: UsageAmounts;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html */
const MAX_AGE_SECONDS = 86_400;
/** Lambda rejects an empty list. */
const LENGTH = { min: 1, max: 100, unit: 'items' };
const METHODS = { min: 1, max: 6, unit: 'methods' };

const PART = 'function URLs';

/** @internal */
export const FUNCTION_URL_CORS_PROPS = propsOf<lambda.FunctionUrlCorsOptions>(
  'aws-lambda/lib/function-url#FunctionUrlCorsOptions',
)({
  allowCredentials: flag(),
  allowedHeaders: listOf(fullText(), LENGTH),
  allowedMethods: listOf(
    oneOf('HttpMethod', () => lambda.HttpMethod),
    METHODS,
  ),
  allowedOrigins: listOf(fullText(), LENGTH),
  exposedHeaders: listOf(fullText(), LENGTH),
  maxAge: duration(0, MAX_AGE_SECONDS),
});

/** @internal */
export const FUNCTION_URL_TRIGGER_PROPS = propsOf<FunctionUrlTriggerOptions>()({
  authType: oneOf('FunctionUrlAuthType', () => lambda.FunctionUrlAuthType)
    .defaultsTo(lambda.FunctionUrlAuthType.AWS_IAM)
    .in(PART),
  cors: struct(FUNCTION_URL_CORS_PROPS).in(PART),
  stream: flag().defaultsTo(false).in(PART),
  monthlyEvents: amounts(),
});

/** Options of `onFunctionUrl`: those of the function and of the trigger. */
export interface UrlFunctionOptions extends AppFunctionOptions, FunctionUrlTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `stream-answer.ts` gives `StreamAnswer`
   */
  readonly id?: string;
}

/**
 * Requests to the function's own URL; see `Trigger.functionUrl`.
 *
 * @internal
 */
export class FunctionUrlTrigger implements ITrigger {
  constructor(private readonly options: FunctionUrlTriggerOptions) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { check } = FunctionContext.of(fn);
    const { authType, cors, stream, monthlyEvents } = acceptOptions(
      fn,
      this.options,
      FUNCTION_URL_TRIGGER_PROPS,
    );
    if (existingUrl(fn) !== undefined) {
      throw check.error(
        'triggers',
        'must have only one function URL, because Lambda allows one for each function',
        unquoted('two'),
        'leave out one of them, or add another function',
      );
    }
    const { region } = Stack.of(fn);
    if (!Token.isUnresolved(region) && !supportsFunctionUrls(region)) {
      throw check.error(
        'triggers',
        'must have a function URL only in a region where CloudFormation supports AWS::Lambda::Url',
        unquoted(`one in ${region}`),
        'use `onRequest`, or deploy to another region',
      );
    }
    // The CDK lets everybody call an open URL by both permissions that Lambda requires since October 2025.
    const url = check.withPropPath(
      '',
      () =>
        new lambda.FunctionUrl(fn, URL_ID, {
          function: fn.target,
          authType,
          cors,
          invokeMode: stream ? lambda.InvokeMode.RESPONSE_STREAM : lambda.InvokeMode.BUFFERED,
        }),
    );
    addUrlErrors(fn);
    return {
      kind: FUNCTION_URL_KIND.kind,
      invocation: InvocationType.SYNCHRONOUS,
      source: url.node.path,
      details: {
        authorization: authType,
        stream: stream ? true : undefined,
        monthlyEvents: levelModel(monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }
}
