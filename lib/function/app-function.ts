import { ArnFormat, Duration, IResource, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Access, IAccess } from '../access/access';
import { hasCaller } from '../kinds/trigger-kinds';
import { AccessFacts, TriggerFacts } from '../model/app-model';
import type { RuleReasons } from '../core/acknowledged-rules';
import { FUNCTION_DEFAULTS } from '../core/defaults';
import { claimName } from '../core/physical-names';
import { PropCheck } from '../props/prop-check';
import { scopeOfNew } from '../core/free-ids';
import { checkKind, checkShape, required } from '../props/shape';
import type { ServerlessApp } from '../app/serverless-app';
import { InvocationType, ITrigger } from '../core/trigger-config';
import { AppFunctionOptions, AppFunctionProps } from './app-function-props';
import { configureAsync, isAsync, refuseAsyncOptionsOfPolled } from './private/async-events';
import { grantBasics } from './private/basic-grants';
import { defaultTimeout } from './private/default-timeout';
import { functionFacts, listenToReports } from './private/function-facts';
import { asyncOptionsOf, withDefaults } from './private/function-options';
import { FunctionRole, KnownNamesPrincipal } from './private/function-role';
import { checkFunctionProps, requireKnownTimeout } from './private/function-rules';
import { ACCESS, FUNCTION_PROPS_SHAPE, TRIGGER } from './private/function-shapes';
import { FunctionVariables } from './private/function-variables';
import { decidePublishing, LiveAlias, preparePublishing, Publishing } from './private/live-alias';
import { makeFunction } from './private/make-function';
import { reportStandingCost } from './private/standing-cost-line';
import { switched } from './private/switched';

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
  public get _knownName(): string {
    return this.givenName ?? this.function.functionName;
  }

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
  private readonly variables: FunctionVariables;
  private readonly givenName?: string;
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
    const parts = {
      options,
      props,
      functionName: name,
      defaultTimeout: () => defaultTimeout(this.triggers),
    };
    this.function = makeFunction(this, parts);
    this.variables = new FunctionVariables(this.function, this._check, options.environment);
    this.givenName = name;
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
      refuseAsyncOptionsOfPolled(this.triggers, this._check);
    }
    if (this.triggers.length === 0 || asksForAsync) {
      configureAsync(this, this.asyncOptions, this.live);
    }
    listenToReports(this, options);
    const { triggers, access } = this;
    app._model.functions.push(functionFacts(this, { ...parts, publishing, triggers, access }));
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
      configureAsync(this, this.asyncOptions, this.live);
    }
    if (hasCaller(config)) {
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
      this.variables.set(name, value, config.path);
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
    return isAsync(this);
  }

  /** Undefined where only the deployment knows it. @internal */
  public get _timeoutSeconds(): number | undefined {
    const given = this.timeout ?? defaultTimeout(this.triggers);
    return given.isUnresolved() ? undefined : given.toSeconds();
  }

  /** Tells a hook of another function's rollout which version it is to try. @internal */
  public _tellVersion(fn: AppFunction): void {
    this.variables.set('NEW_VERSION', fn.function.currentVersion.functionArn, fn.node.path);
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
        requireKnownTimeout(options.timeout, this._check);
      },
      timeoutMilliseconds: () =>
        (options.timeout ?? defaultTimeout(this.triggers)).toMilliseconds(),
    });
  }
}
