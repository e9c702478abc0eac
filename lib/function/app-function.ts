import { ArnFormat, Duration, IResource, Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Access, IAccess } from '../access';
import { AccessFacts, FunctionFacts, TriggerFacts } from '../app-model';
import type { RuleReasons } from '../private/acknowledged-rules';
import { ASYNC_DEFAULTS, FUNCTION_DEFAULTS } from '../private/defaults';
import { claimName } from '../private/physical-names';
import { PropCheck } from '../private/prop-check';
import { scopeOfNew } from '../private/free-ids';
import { checkKind, checkShape, required } from '../private/shape';
import type { ServerlessApp } from '../serverless-app';
import { InvocationType, ITrigger } from '../trigger/trigger-config';
import { AppFunctionOptions, AppFunctionProps } from './app-function-props';
import { AppLambda } from './private/app-lambda';
import { switched } from './private/switched';
import { grantBasics } from './private/basic-grants';
import {
  asyncOptionsOf,
  logSettings,
  reportFormat,
  withDefaults,
} from './private/function-options';
import { resolveCode } from './private/function-code';
import { ACCESS, FUNCTION_PROPS_SHAPE, TRIGGER } from './private/function-shapes';
import { FunctionRole, KnownNamesPrincipal } from './private/function-role';
import { costFacts } from './private/cost-facts';
import {
  checkFunctionProps,
  checkVariableName,
  requireKnownTimeout,
} from './private/function-rules';
import {
  ALIAS_NAME,
  coldStartFacts,
  decidePublishing,
  LiveAlias,
  preparePublishing,
  Publishing,
  rolloutFacts,
} from './private/live-alias';
import { reportStandingCost } from './private/standing-cost-line';

/**
 * One function of an app: the Lambda function, its own role, and what runs it. Made by `ServerlessApp.addFunction` and the
 * `on…` methods.
 */
export class AppFunction extends Construct implements iam.IGrantable {
  /** The app that the function belongs to. */
  public readonly app: ServerlessApp;

  /** The CDK's function. */
  public readonly function: lambda.Function;

  /** The role that the function runs with: its own, unless `role` was given. */
  public readonly role: iam.IRole;

  /** Who gets a grant that names this function. */
  public readonly grantPrincipal: iam.IPrincipal;

  /** @internal */
  public readonly _check: PropCheck;

  /**
   * The function's name, of an app with shards one that is known before the function exists.
   *
   * @internal
   */
  public readonly _knownName: string;

  /**
   * What the app lets it do with more than one resource, by the ARN, and why.
   *
   * @internal
   */
  public readonly _wildcards = new Map<string, string>();

  /**
   * Why its role has policies of AWS' own.
   *
   * @internal
   */
  public readonly _policiesOfAws: RuleReasons[] = [];

  private readonly live?: LiveAlias;
  private readonly triggers: TriggerFacts[] = [];
  private readonly access: AccessFacts[] = [];
  private readonly variableOwners = new Map<string, string>();
  private readonly timeout?: Duration;
  private readonly asyncOptions: lambda.EventInvokeConfigOptions;

  /** Use `ServerlessApp.addFunction`, which does the same. */
  public constructor(app: ServerlessApp, id: string, props: AppFunctionProps) {
    super(scopeOfNew(app, id), id);
    this.app = app;
    app._declare(this);
    this._check = app._check.at(`functions.${id}`);
    checkShape(props, FUNCTION_PROPS_SHAPE, this._check);
    app._changes.record('function', `functions.${id}`, props);
    const given = withDefaults(app.functionDefaults, props);
    checkFunctionProps(given, props, this._check);
    const options = switched(given);
    const publishing = decidePublishing(this, options);
    const published = preparePublishing(this, publishing);

    this.timeout = options.timeout;
    this.asyncOptions = asyncOptionsOf(options);
    this.role = options.role ?? new FunctionRole(this, 'Role');
    const name = options.functionName ?? app._shards.functionName(this);
    claimName(app, 'functionName', options.functionName, this._check);
    this.function = this.makeFunction(options, props, name);
    this._knownName = name ?? this.function.functionName;
    this.grantPrincipal =
      options.role === undefined ? this.role : new KnownNamesPrincipal(this, options.role);
    grantBasics(this, options);
    this.live = published ? this.makeAlias(options, publishing) : undefined;

    props.triggers?.forEach((trigger) => {
      this.addTrigger(trigger);
    });
    this.giveAll(options.access ?? []);
    const asksForAsync = Object.keys(asyncOptionsOf(props)).length > 0;
    if (asksForAsync) {
      this.refuseAsyncOptionsOfPolled();
    }
    if (this.triggers.length === 0 || asksForAsync) {
      this.configureAsync();
    }
    this.record(options, props, publishing);
  }

  /** What triggers invoke: the alias where there is one, else the function. */
  public get target(): lambda.IFunction {
    return this.live?.alias ?? this.function;
  }

  /** The alias `live` of the current version, where `coldStart` or `rollout` needs one. */
  public get alias(): lambda.Alias | undefined {
    return this.live?.alias;
  }

  /** The alarm where requests find no provisioned environment ready. */
  public get spilloverAlarm(): cloudwatch.Alarm | undefined {
    return this.live?.spilloverAlarm;
  }

  /** The alarms of the app that bring the old version back, with those that triggers have brought so far. */
  public get rolloutAlarms(): cloudwatch.Alarm[] {
    return [...(this.live?.rolloutAlarms ?? [])];
  }

  /** What AWS CodeDeploy is told of the function's rollout. */
  public get deploymentGroup(): codedeploy.CfnDeploymentGroup | undefined {
    return this.live?.deploymentGroup;
  }

  /**
   * Lets the function read these tables and buckets, and gives it their names in environment variables.
   *
   * @param resources each an `ITable` or `IBucket`; anything else is an error
   */
  public reads(...resources: IResource[]): this {
    return this.giveAll(resources.map((resource) => Access.read(resource)));
  }

  /**
   * Lets the function write to these tables and buckets, and gives it their names in environment variables.
   *
   * @param resources each an `ITable` or `IBucket`; anything else is an error
   */
  public writes(...resources: IResource[]): this {
    return this.giveAll(resources.map((resource) => Access.write(resource)));
  }

  /**
   * Lets the function read and write these tables and buckets, and gives it their names in environment variables.
   *
   * @param resources each an `ITable` or `IBucket`; anything else is an error
   */
  public readsAndWrites(...resources: IResource[]): this {
    return this.giveAll(resources.map((resource) => Access.readWrite(resource)));
  }

  /** Runs the function on a further kind of event. */
  public addTrigger(trigger: ITrigger): void {
    checkKind(trigger, 'triggers', required(TRIGGER), this._check);
    const config = trigger.bind(this);
    if (config.invocation === InvocationType.ASYNCHRONOUS) {
      this.configureAsync();
    }
    if (config.kind === 'http') {
      this.live?.watchLatency();
    }
    this.triggers.push({
      kind: config.kind,
      invocation: config.invocation,
      source: config.source,
      details: config.details ?? {},
    });
  }

  /** Lets the function touch something. */
  public addAccess(access: IAccess): void {
    checkKind(access, 'access', required(ACCESS), this._check);
    const config = access.bind(this);
    const { environmentVariable: name, environmentValue: value } = config;
    if (name !== undefined && value !== undefined) {
      this.setVariable(name, value, config.path);
    }
    this.access.push({
      kind: config.kind,
      path: config.path,
      level: config.level,
      environmentVariable: name,
    });
  }

  /** @internal */
  public get _knownArn(): string {
    return Stack.of(this.app).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: this._knownName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** Whether what fails of its asynchronous events goes somewhere. @internal */
  public get _isAsync(): boolean {
    return this.node.tryFindChild('Async') !== undefined;
  }

  /** Undefined where only the deployment knows it. @internal */
  public get _timeoutSeconds(): number | undefined {
    const given = this.timeout ?? this.defaultTimeout();
    return given.isUnresolved() ? undefined : given.toSeconds();
  }

  /** Tells a hook of another function's rollout which version it is to try. @internal */
  public _tellVersion(fn: AppFunction): void {
    this.setVariable('NEW_VERSION', fn.function.currentVersion.functionArn, fn.node.path);
  }

  /** Sets an environment variable on behalf of a resource; another resource may not have it too. */
  private setVariable(name: string, value: string, path: string): void {
    checkVariableName(name, this._check, 'access');
    const owner = this.variableOwners.get(name);
    if (owner !== undefined && owner !== path) {
      throw this._check.error(
        'access',
        `must give \`${name}\` one value; ${owner} has set it`,
        path,
        'name the variable yourself: `Access.read(resource, { environmentVariable: "…" })`',
      );
    }
    if (owner === undefined) {
      this.variableOwners.set(name, path);
      this.function.addEnvironment(name, value);
    }
  }

  private giveAll(accesses: readonly IAccess[]): this {
    accesses.forEach((access) => {
      this.addAccess(access);
    });
    return this;
  }

  private makeFunction(
    options: AppFunctionOptions,
    props: AppFunctionProps,
    functionName: string | undefined,
  ): lambda.Function {
    // What stands here is ours to place: on the asynchronous configuration, the role and the log group of the app.
    const {
      onFailure,
      onSuccess,
      maxEventAge,
      retryAttempts,
      bundling,
      access,
      coldStart,
      rollout,
      usage,
      ...passedOn
    } = options;
    const lambdaProps = {
      memorySize: FUNCTION_DEFAULTS.memorySize,
      architecture: FUNCTION_DEFAULTS.architecture,
      ...logSettings(options),
      logGroup: this.app.logGroup,
      ...passedOn,
      ...resolveCode(this, options, props),
      functionName,
      runtime: options.runtime ?? FUNCTION_DEFAULTS.runtime,
      role: this.role,
    };
    const made = this._check.relay('', () => new AppLambda(this, 'Function', lambdaProps));
    for (const name of Object.keys(options.environment ?? {})) {
      this.variableOwners.set(name, '`environment`');
    }
    if (options.timeout === undefined) {
      (made.node.defaultChild as lambda.CfnFunction).timeout = Lazy.number({
        produce: () => this.defaultTimeout().toSeconds(),
      });
    }
    return made;
  }

  private makeAlias(options: AppFunctionOptions, publishing: Publishing): LiveAlias {
    const logGroup = options.logGroup ?? this.app.logGroup;
    const memoryMb = options.memorySize ?? FUNCTION_DEFAULTS.memorySize;
    reportStandingCost(this, { ...publishing, memoryMb });
    return new LiveAlias(this, {
      ...publishing,
      logGroupName: logGroup.logGroupRef.logGroupName,
      requireKnownTimeout: () => {
        requireKnownTimeout(options.timeout, this._check);
      },
      timeoutMilliseconds: () => (options.timeout ?? this.defaultTimeout()).toMilliseconds(),
    });
  }

  /** A function that is given events asynchronously tries again, and hands what still fails to the failure queue. */
  private configureAsync(): void {
    if (this._isAsync) {
      return;
    }
    const { retryAttempts, maxEventAge, onFailure, onSuccess } = this.asyncOptions;
    const scope = new Construct(this, 'Async');
    // Not the CDK's `EventInvokeConfig`, which checks again and is a third of the time that a function takes.
    const made = new lambda.CfnEventInvokeConfig(scope, 'Resource', {
      functionName: this.function.functionName,
      qualifier: this.live === undefined ? '$LATEST' : ALIAS_NAME,
      maximumRetryAttempts: retryAttempts ?? ASYNC_DEFAULTS.retryAttempts,
      maximumEventAgeInSeconds: (maxEventAge ?? ASYNC_DEFAULTS.maxEventAge).toSeconds(),
      destinationConfig: {
        onFailure: (onFailure ?? this.app._failures.eventDestination()).bind(scope, this.target, {
          type: lambda.DestinationType.FAILURE,
        }),
        onSuccess: onSuccess?.bind(scope, this.target, { type: lambda.DestinationType.SUCCESS }),
      },
    });
    if (this.live !== undefined) {
      made.addResourceDependency(this.live.resource); // which it only names
    }
  }

  /** Events that Lambda polls for know no asynchronous retries; whoever gives them means those of the trigger. */
  private refuseAsyncOptionsOfPolled(): void {
    const polled = this.triggers.filter(({ invocation }) => invocation === 'polled');
    if (polled.length > 0 && polled.length === this.triggers.length) {
      throw this._check.error(
        'retryAttempts',
        'must be left out, like `maxEventAge`, `onFailure` and `onSuccess`, of a function that only follows a stream or queue',
        polled.map(({ kind }) => kind).join(', '),
        'for table changes give `maxRetryAttempts`, `maxRecordAge`, and the app’s `failureBucket`',
      );
    }
  }

  private defaultTimeout(): Duration {
    const overHttp = this.triggers.filter((trigger) => trigger.kind === 'http').length;
    if (overHttp === 0) {
      return FUNCTION_DEFAULTS.timeout;
    }
    return overHttp === this.triggers.length
      ? FUNCTION_DEFAULTS.timeoutBehindHttp
      : FUNCTION_DEFAULTS.timeoutHttpAmongOthers;
  }

  /** Tells the app where Lambda reports the function's invocations, and how. */
  private reportsTo(options: AppFunctionOptions): FunctionFacts['reports'] {
    const format = reportFormat(options);
    if (format !== 'none') {
      this.app._logMetrics.listenTo(options.logGroup ?? this.app.logGroup, format);
    }
    return format === 'json' ? undefined : format;
  }

  private record(
    options: AppFunctionOptions,
    props: AppFunctionProps,
    publishing: Publishing,
  ): void {
    const shard = this.node.scope === this.app ? undefined : Stack.of(this).node.id;
    const facts: FunctionFacts = {
      id: this.node.id,
      path: this.node.path,
      // Not a reference where there are shards: it would be to a resource that the app's own stack does not have.
      name: shard === undefined ? this.function.functionName : this._knownName,
      shard,
      runtime: this.function.runtime.name,
      architecture: this.function.architecture.name,
      memoryMb: options.memorySize ?? FUNCTION_DEFAULTS.memorySize,
      timeoutSeconds:
        options.timeout?.toSeconds() ??
        Lazy.number({ produce: () => this.defaultTimeout().toSeconds() }),
      reservedConcurrency: options.reservedConcurrentExecutions,
      reports: this.reportsTo(options),
      alias: this.live === undefined ? undefined : ALIAS_NAME,
      coldStart: coldStartFacts(publishing),
      rollout: rolloutFacts(publishing),
      entry: props.entry,
      handler: options.handler ?? FUNCTION_DEFAULTS.handler,
      triggers: this.triggers,
      access: this.access,
      ...costFacts(options, this.app, this._check),
    };
    this.app._model.functions.push(facts);
  }
}
