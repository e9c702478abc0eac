import { ArnFormat, Duration, IResource, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import type { AccessOptions } from '../access/access-options';
import type { StorageAccessOptions } from '../access/storage-access-options';
import { entryLanguage } from '../bundling/entry-language';
import { hasCaller, kindOf } from '../kinds/trigger-kinds';
import { addDurableExecutionFails } from '../monitoring/durable-execution-fails';
import { RecursiveLoops } from '../monitoring/recursive-loops';
import { AccessModel, TriggerModel } from '../model/app-model';
import { FUNCTION_DEFAULTS } from '../core/defaults';
import { claimName } from '../core/physical-names';
import { AppContext } from '../core/app-context';
import { injectedProps } from '../core/injected-props';
import type { IAccess, IAppFunction, IServerlessApp, ITrigger } from '../core/contract';
import { FunctionContext, FunctionState } from '../core/function-context';
import { knownText, text } from '../props/kinds';
import { PropCheck } from '../props/prop-check';
import { scopeOfNew } from '../core/free-ids';
import { InvocationType } from '../core/contract';
import { checkProp, checkProps } from '../props/check-props';
import { AppFunctionOptions, AppFunctionProps } from './app-function-props';
import { configureAsync, isAsync, refuseAsyncOptionsOfPolled } from './private/async-events';
import { grantBasics } from './private/basic-grants';
import { defaultTimeout } from './private/default-timeout';
import { isDurable, requireShortExecution, waitsFor } from './private/durable-rules';
import { functionModel, listenToReports } from './private/function-model';
import { withLanguage } from './private/entry-languages';
import { asyncOptionsOf, withDefaults } from './private/function-options';
import { AppLambda } from './app-lambda';
import { bindTrigger } from './hidden-triggers';
import { FunctionRole, DeterministicNamesPrincipal } from './function-role';
import { urlOf } from './function-url';
import { checkFunctionProps, requireKnownTimeout, requireTenantIn } from './private/function-rules';
import { ACCESS, FUNCTION_PROPS, TRIGGER } from './function-prop-set';
import { FunctionVariables } from './private/function-variables';
import { decidePublishing, LiveAlias, preparePublishing, Publishing } from './private/live-alias';
import { makeFunction } from './private/make-function';
import { accessesOf, Given, Sentence } from './private/sentence';
import { CALLS, PUBLISHES, READS, READS_AND_WRITES, SENDS, WRITES } from './private/sentences';
import { reportStandingCost } from './private/standing-cost-line';
import { switched } from './private/switched';

/**
 * One function of an app: the Lambda function, its role, and its triggers. Create it with `ServerlessApp.addFunction` or the
 * `on…` methods.
 */
export class AppFunction extends Construct implements IAppFunction {
  /** The name of this class for the CDK's `PropertyInjectors`. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-serverless-app.AppFunction';

  /** The app that the function belongs to. */
  public readonly app: IServerlessApp;

  /** The CDK's function. */
  public readonly function: lambda.Function;

  /** The execution role of the function: its own, unless `role` is given. */
  public readonly role: iam.IRole;

  /** The principal that receives grants to this function. */
  public readonly grantPrincipal: iam.IPrincipal;

  private readonly check: PropCheck;
  private readonly live?: LiveAlias;
  private readonly triggers: TriggerModel[] = [];
  private readonly access: AccessModel[] = [];
  private readonly variables: FunctionVariables;
  private readonly givenName?: string;
  private readonly options: AppFunctionOptions;
  private readonly timeout?: Duration;
  private readonly asyncOptions: lambda.EventInvokeConfigOptions;

  /** Use `ServerlessApp.addFunction`, which does the same. */
  public constructor(app: IServerlessApp, id: string, props: AppFunctionProps) {
    super(scopeOfNew(AppContext.of(app), id), id);
    props = injectedProps(AppFunction.PROPERTY_INJECTION_ID, props, app, id);
    const context = AppContext.of(app);
    this.app = app;
    context.declare(this);
    this.check = context.check.at(`functions.${id}`);
    FunctionContext.open(this, this.state());
    checkProps(props, FUNCTION_PROPS, this.check);
    context.changes.record(props, FUNCTION_PROPS, `functions.${id}`);
    const language = props.entry === undefined ? undefined : entryLanguage(app.root, props.entry);
    const given = withLanguage(withDefaults(functionDefaultsOf(context), props), props, language);
    checkFunctionProps(given, props, language, this.check);
    const options = switched(given);
    const publishing = decidePublishing(this, options);
    const published = preparePublishing(this, publishing);

    this.options = options;
    this.timeout = options.timeout;
    this.asyncOptions = asyncOptionsOf(options);
    this.role = options.role ?? new FunctionRole(this, 'Role');
    const name = options.functionName ?? context.placement.functionName(this);
    claimName(context.app, 'functionName', options.functionName, this.check);
    const parts = {
      options,
      props,
      functionName: name,
      defaultTimeout: () => defaultTimeout(this.triggers),
    };
    this.function = makeFunction(this, parts);
    this.variables = new FunctionVariables(
      this.function,
      this.check,
      props.environment,
      functionDefaultsOf(context).environment,
    );
    this.givenName = name;
    this.grantPrincipal =
      options.role === undefined ? this.role : new DeterministicNamesPrincipal(this, options.role);
    this.declaring(() => {
      grantBasics(this, options);
    });
    this.live = published ? this.makeAlias(options, publishing) : undefined;

    props.triggers?.forEach((trigger) => {
      this.addTrigger(trigger);
    });
    this.giveAll(options.access ?? []);
    const asksForAsync = Object.keys(asyncOptionsOf(props)).length > 0;
    if (asksForAsync) {
      refuseAsyncOptionsOfPolled(this.triggers, this.check);
    }
    if (this.triggers.length === 0 || asksForAsync) {
      this.configureAsync();
    }
    listenToReports(this, options);
    if (isDurable(options)) {
      addDurableExecutionFails(this);
    }
    const { triggers, access } = this;
    context.model.functions.push(functionModel(this, { ...parts, publishing, triggers, access }));
  }

  /** What triggers invoke: the alias if there is one, otherwise the function. */
  public get target(): lambda.IFunction {
    return this.live?.alias ?? this.function;
  }

  /** The alias `live` of the current version, if `coldStart` or `rollout` needs one. */
  public get alias(): lambda.Alias | undefined {
    return this.live?.alias;
  }

  /** The alarm on requests that find no provisioned environment ready. */
  public get spilloverAlarm(): cloudwatch.Alarm | undefined {
    return this.live?.spilloverAlarm;
  }

  /** The app's rollback alarms of this function, including those that triggers have added so far. */
  public get rolloutAlarms(): cloudwatch.Alarm[] {
    return [...(this.live?.rolloutAlarms ?? [])];
  }

  /** The CodeDeploy deployment group of the function's rollout. */
  public get deploymentGroup(): codedeploy.CfnDeploymentGroup | undefined {
    return this.live?.deploymentGroup;
  }

  /**
   * Grants the function read access to these tables, buckets and Kinesis streams, and sets environment variables with their names.
   *
   * @param resources each an `ITable`, `IBucket` or `IStream`, at least one; anything else is an error
   */
  public reads(...resources: IResource[]): this;
  /**
   * In TypeScript, options may follow one resource: `reads(orders, { index: 'byDate' })`, `reads(uploads, { prefix: 'in/' })`.
   * The other languages give them to `addAccess(Access.read(…))`.
   */
  public reads(resource: IResource, options: StorageAccessOptions): this;
  public reads(...given: Given<IResource, StorageAccessOptions>): this {
    return this.give(READS, given);
  }

  /**
   * Grants the function write access to these tables, buckets and Kinesis streams, and sets environment variables with their names.
   *
   * @param resources each an `ITable`, `IBucket` or `IStream`, at least one; anything else is an error
   */
  public writes(...resources: IResource[]): this;
  /**
   * In TypeScript, options may follow one resource: `writes(uploads, { prefix: 'out/' })`.
   * The other languages give them to `addAccess(Access.write(…))`.
   */
  public writes(resource: IResource, options: StorageAccessOptions): this;
  public writes(...given: Given<IResource, StorageAccessOptions>): this {
    return this.give(WRITES, given);
  }

  /**
   * Grants the function read and write access to these tables, buckets and Kinesis streams, and sets environment variables with
   * their names.
   *
   * @param resources each an `ITable`, `IBucket` or `IStream`, at least one; anything else is an error
   */
  public readsAndWrites(...resources: IResource[]): this;
  /**
   * In TypeScript, options may follow one resource: `readsAndWrites(uploads, { prefix: 'jobs/' })`.
   * The other languages give them to `addAccess(Access.readWrite(…))`.
   */
  public readsAndWrites(resource: IResource, options: StorageAccessOptions): this;
  public readsAndWrites(...given: Given<IResource, StorageAccessOptions>): this {
    return this.give(READS_AND_WRITES, given);
  }

  /**
   * Lets the function invoke these functions, and sets environment variables with their ARNs.
   *
   * @param functions each a function of an app or an `IFunction`, at least one; anything else is an error
   */
  public calls(...functions: IConstruct[]): this;
  /** In TypeScript, options may follow one function. The other languages give them to `addAccess(Access.invoke(…))`. */
  public calls(fn: IConstruct, options: AccessOptions): this;
  public calls(...given: Given<IConstruct, AccessOptions>): this {
    return this.give(CALLS, given);
  }

  /**
   * Lets the function send messages to these queues, and sets environment variables with their URLs.
   *
   * @param queues at least one
   */
  public sends(...queues: sqs.IQueue[]): this;
  /** In TypeScript, options may follow one queue. The other languages give them to `addAccess(Access.send(…))`. */
  public sends(queue: sqs.IQueue, options: AccessOptions): this;
  public sends(...given: Given<sqs.IQueue, AccessOptions>): this {
    return this.give(SENDS, given);
  }

  /**
   * Lets the function publish messages to these topics, and sets environment variables with their ARNs.
   *
   * @param topics at least one
   */
  public publishes(...topics: sns.ITopic[]): this;
  /** In TypeScript, options may follow one topic. The other languages give them to `addAccess(Access.publish(…))`. */
  public publishes(topic: sns.ITopic, options: AccessOptions): this;
  public publishes(...given: Given<sns.ITopic, AccessOptions>): this {
    return this.give(PUBLISHES, given);
  }

  /**
   * Sets an environment variable.
   *
   * @param name letters, digits and `_`; a name that already has another value is an error
   */
  public addEnvironment(name: string, value: string): this {
    checkProp(name, 'environment', knownText().required(), this.check);
    checkProp(value, `environment.${name}`, text().required(), this.check);
    this.variables.setOwn(name, value);
    return this;
  }

  /** The URL of the function, or of its alias if it has one. Throws if the function has no function URL trigger. */
  public get functionUrl(): lambda.FunctionUrl {
    return urlOf(this);
  }

  /** Adds another event that invokes the function. */
  public addTrigger(trigger: ITrigger): this {
    checkProp(trigger, 'triggers', TRIGGER.required(), this.check);
    const config = this.declaring(() => bindTrigger(this.function, () => trigger.bind(this)));
    requireTenantIn(config, this.options, this.check);
    requireShortExecution(config, this.options, this.check);
    if (config.invocation === InvocationType.ASYNCHRONOUS) {
      this.configureAsync();
    }
    if (hasCaller(config)) {
      this.live?.watchLatency();
    }
    if (kindOf(config).source !== undefined) {
      RecursiveLoops.of(this.app);
    }
    this.triggers.push({
      kind: config.kind,
      invocation: config.invocation,
      source: config.source,
      details: config.details ?? {},
    });
    return this;
  }

  /** Adds an access to a resource. */
  public addAccess(access: IAccess): this {
    checkProp(access, 'access', ACCESS.required(), this.check);
    const config = this.declaring(() => access.bind(this));
    const { environmentVariable: name, environmentValue: value } = config;
    if (name !== undefined && value !== undefined) {
      this.variables.set(name, value, config.path);
    }
    this.access.push({
      kind: config.kind,
      path: config.path,
      level: config.level,
      part: config.part,
      detailTypes: config.detailTypes,
      environmentVariable: name,
    });
    return this;
  }

  /** The context that the other parts of the app use. */
  private state(): FunctionState {
    const deterministicName = (): string => this.givenName ?? this.function.functionName;
    return {
      check: this.check,
      deterministicName,
      deterministicArn: () =>
        Stack.of(this.app).formatArn({
          service: 'lambda',
          resource: 'function',
          resourceName: deterministicName(),
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      timeoutSeconds: () => {
        const timeout = waitsFor(this.options, this.timeout ?? defaultTimeout(this.triggers));
        return timeout.isUnresolved() ? undefined : timeout.toSeconds();
      },
      isAsync: () => isAsync(this),
      references: () => referencesOf(this),
      receiveVersionOf: (fn) => {
        this.variables.set('NEW_VERSION', fn.function.currentVersion.functionArn, fn.node.path);
      },
    };
  }

  private configureAsync(): void {
    this.declaring(() => {
      configureAsync(this, this.asyncOptions, this.live, isDurable(this.options));
    });
  }

  /** Runs library code that grants something. */
  private declaring<T>(grant: () => T): T {
    return this.role instanceof FunctionRole ? this.role.declaring(grant) : grant();
  }

  private give<R extends object, O extends object>(
    sentence: Sentence<R, O>,
    given: Given<R, O>,
  ): this {
    return this.giveAll(accessesOf(sentence, given, this.check));
  }

  private giveAll(accesses: readonly IAccess[]): this {
    accesses.forEach((access) => {
      this.addAccess(access);
    });
    return this;
  }

  private makeAlias(options: AppFunctionOptions, publishing: Publishing): LiveAlias {
    const logGroup = options.logGroup ?? this.app.logGroup;
    const memoryMb = options.memorySize ?? FUNCTION_DEFAULTS.memorySize;
    reportStandingCost(this, { ...publishing, memoryMb });
    return new LiveAlias(this, {
      ...publishing,
      logGroupName: logGroup.logGroupRef.logGroupName,
      requireKnownTimeout: () => {
        requireKnownTimeout(options.timeout, this.check);
      },
      timeoutMilliseconds: () =>
        (options.timeout ?? defaultTimeout(this.triggers)).toMilliseconds(),
    });
  }
}

/**
 * The app's props that its functions read.
 *
 * @internal
 */
export interface FunctionProps {
  readonly functionDefaults?: AppFunctionOptions;
}

function functionDefaultsOf({ props }: AppContext): AppFunctionOptions {
  const { functionDefaults = {} }: FunctionProps = props;
  return functionDefaults;
}

/** The values of the environment, and the resources that the role's statements name. */
function referencesOf(fn: AppFunction): string[] {
  const values = fn.function instanceof AppLambda ? [...fn.function.variables.values()] : [];
  const { role } = fn;
  const resources =
    role instanceof FunctionRole ? role.statements.flatMap((statement) => statement.resources) : [];
  return [...values, ...resources];
}
