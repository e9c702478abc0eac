import { Aws, Lazy } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppContext } from '../../core/app-context';
import type { IAppFunction } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';

const MAX_VARIABLE_NAME = 64;

/**
 * How a REST API's definition refers to functions without a circular dependency.
 *
 * The API is one resource that names all its functions. A function that refers to the API (its address in the environment, a
 * permission to call it) would depend on what depends on it. The name of such a function is therefore a stage variable, because
 * the stage is created after both. In an app with shards the ARN is known without the function.
 */
export class FunctionReferences {
  private readonly functions = new Set<IAppFunction>();

  /** @param apiId the id of the API if it is one resource with its definition */
  constructor(
    private readonly context: AppContext,
    private readonly apiId?: () => string,
  ) {}

  add(fn: IAppFunction): void {
    this.functions.add(fn);
  }

  /** The URI with which API Gateway invokes a function. Known once the function is complete. */
  uriOf(fn: IAppFunction, streaming: boolean): string {
    return Lazy.string({ produce: () => invocationUri(this.arnOf(fn), streaming) });
  }

  /** The URI of an authorizer's function, which may be one of the app's. */
  authorizerUri(handler: lambda.IFunction): string {
    const own = this.context.functions.find(
      (fn) => fn.target === handler || fn.function === handler,
    );
    if (own === undefined) {
      return invocationUri(handler.functionArn, false);
    }
    this.add(own);
    return invocationUri(this.arnOf(own, handler === own.target), false);
  }

  /** The functions whose environment or permissions contain a string. */
  thatName(text: string): IAppFunction[] {
    return [...this.functions].filter((fn) => knows(fn, text));
  }

  /** The stage variables: the names of the functions that refer to the API. */
  get stageVariables(): Record<string, string> | undefined {
    const named = [...this.functions].filter((fn) => this.isByVariable(fn));
    return named.length === 0
      ? undefined
      : Object.fromEntries(named.map((fn) => [variableOf(fn), fn.function.functionName]));
  }

  private arnOf(fn: IAppFunction, throughAlias = true): string {
    const alias = throughAlias && fn.alias !== undefined ? `:${fn.alias.aliasName}` : '';
    if (this.context.placement.count !== undefined) {
      return `${FunctionContext.of(fn).deterministicArn}${alias}`;
    }
    if (!this.isByVariable(fn)) {
      return alias === '' ? fn.function.functionArn : fn.target.functionArn;
    }
    const name = `\${stageVariables.${variableOf(fn)}}`;
    const { region, account } = fn.function.env;
    return `arn:${Aws.PARTITION}:lambda:${region}:${account}:function:${name}${alias}`;
  }

  private isByVariable(fn: IAppFunction): boolean {
    const { placement } = this.context;
    const { apiId } = this;
    return placement.count === undefined && apiId !== undefined && knows(fn, apiId());
  }
}

/** Whether a function's environment or permissions contain a string, such as the id of the API. */
function knows(fn: IAppFunction, part: string): boolean {
  return FunctionContext.of(fn).references.some((text) => text.includes(part));
}

function variableOf(fn: IAppFunction): string {
  return fn.node.id.replace(/\W/g, '_').slice(0, MAX_VARIABLE_NAME);
}

function invocationUri(arn: string, streaming: boolean): string {
  const [version, action] = streaming
    ? ['2021-11-15', 'response-streaming-invocations']
    : ['2015-03-31', 'invocations'];
  return `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/${version}/functions/${arn}/${action}`;
}
