import { Aws, Lazy, Names, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import type { AppContext } from '../../core/app-context';
import { REST_DEFAULTS } from '../../core/defaults';
import { makeLogGroup } from '../../core/log-group';
import { logGroupModel } from '../../core/log-group-model';
import type { HttpModel } from '../../model/app-model';
import { PropCheck, unquoted } from '../../props/prop-check';
import { provideLogRole } from '../account-log-role';
import { domainOf, makeDomainName, refuseMutualTlsForSite } from '../api-domain';
import type { ApiOrigin } from '../app-api';
import type { HttpThrottle } from '../http-options';
import { FunctionReferences } from './function-references';
import { authorizationTypeOf, RestAuthorizers } from './rest-authorizers';
import { restDefinition, RestMethod } from './rest-definition';
import type { RestHost } from './rest-host';
import type { RestOptions } from './rest-options';
import { resourcesOf } from './rest-paths';
import { makeRestApi, mapDomain } from './rest-resources';
import { RestStage } from './rest-stage';
import { makeUsagePlans } from './usage-plans';
import { protectStage } from './web-acl';

/** The REST API that an app makes: one definition that holds all methods, a stage, and what belongs to them. */
export class MadeRestApi implements RestHost {
  readonly api: apigw.SpecRestApi;
  readonly stage: apigw.Stage;
  readonly accessLogGroup?: logs.ILogGroup;
  readonly domainName?: apigateway.DomainName;
  readonly model: HttpModel;
  readonly functions: FunctionReferences;
  readonly authorizers: RestAuthorizers;
  readonly byDefault: RestHost['byDefault'];

  private readonly methods: RestMethod[] = [];
  private readonly ofStage: RestStage;

  /** @param check the check of the prop `rest` */
  constructor(
    private readonly context: AppContext,
    private readonly options: RestOptions,
    private readonly check: PropCheck,
  ) {
    const { app } = context;
    this.byDefault = { decided: options.vpcEndpoints !== undefined, needsKey: false };
    this.domainName = options.domain && makeDomainName(app, options.domain, check.at('domain'));
    this.api = check.withPropPath('', () => makeRestApi(app, this.apiName, options));
    (this.api.node.defaultChild as apigw.CfnRestApi).body = Lazy.any({
      produce: () =>
        restDefinition({
          title: this.apiName,
          methods: this.methods,
          securitySchemes: this.authorizers.securitySchemes,
          cors: options.cors,
          responses: options.gatewayResponses,
        }),
    });
    this.functions = new FunctionReferences(context, () => this.api.restApiId);
    this.authorizers = new RestAuthorizers(this.api, this.api.restApiId, (handler) =>
      this.functions.authorizerUri(handler),
    );
    this.accessLogGroup = this.makeAccessLog();
    const throttle = {
      rateLimit: options.throttle?.rateLimit ?? context.defaults.httpRateLimit,
      burstLimit: options.throttle?.burstLimit ?? context.defaults.httpBurstLimit,
    };
    this.ofStage = new RestStage({
      api: this.api,
      stageName: this.stageName,
      options,
      throttle,
      accessLogGroup: this.accessLogGroup,
      variables: () => this.functions.stageVariables,
    });
    this.stage = this.ofStage.stage;
    this.api.deploymentStage = this.stage;
    this.completeStage();
    this.model = this.modelWith(throttle);
  }

  get scope(): apigw.SpecRestApi {
    return this.api;
  }

  get stageName(): string {
    return this.options.stageName ?? REST_DEFAULTS.stageName;
  }

  get url(): string {
    const domain = domainOf(this.options);
    if (domain !== undefined) {
      return `https://${domain.name}/${domain.path === undefined ? '' : `${domain.path}/`}`;
    }
    return `https://${this.host}/${this.stageName}/`;
  }

  get origin(): ApiOrigin {
    const { vpcEndpoints } = this.options;
    refuseMutualTlsForSite(this.options, this.check);
    if (vpcEndpoints !== undefined) {
      throw this.check.error(
        'vpcEndpoints',
        'must be left out if a site serves the API, because CloudFront cannot reach a private API',
        unquoted('a private API'),
        'leave them out, or give the site `api: false`',
      );
    }
    return { host: this.host, path: this.stageName };
  }

  get resources(): number {
    return resourcesOf(this.methods.map(({ path }) => path)).size;
  }

  ownerOf(): undefined {
    return undefined;
  }

  add(method: RestMethod): string {
    this.methods.push(method);
    return authorizationTypeOf(method.authorizer);
  }

  throttle(method: string, path: string, throttle: HttpThrottle): void {
    this.ofStage.throttle(method, path, throttle);
  }

  deployAfter(permission: IConstruct): void {
    this.stage.node.addDependency(permission);
  }

  complete(): void {
    // The definition is written when it is resolved.
  }

  private completeStage(): void {
    const { options } = this;
    provideLogRole({
      stage: this.stage,
      hasAccessLog: this.accessLogGroup !== undefined,
      notice: 'cdk-serverless-app:rest-log-role',
      kind: 'REST',
      prop: 'rest',
    });
    mapDomain(this.stage, this.domainName, options, this.check);
    makeUsagePlans(this.api, this.stage, options.usagePlans ?? {});
    if (options.webAcl !== undefined) {
      protectStage(this.api, this.stage, options.webAcl);
    }
  }

  private modelWith(throttle: HttpThrottle): HttpModel {
    const { accountLogRole, cache, webAcl } = this.options;
    return {
      id: this.api.node.id,
      path: this.api.node.path,
      type: 'rest',
      name: this.apiName,
      made: true,
      url: this.url,
      ...throttle,
      accessLog: this.accessLogGroup && logGroupModel(this.accessLogGroup, this.context.app),
      logRole: accountLogRole === true ? true : undefined,
      cacheGb: cache && (cache.sizeGb ?? REST_DEFAULTS.cacheGb),
      webAcl: webAcl && (webAcl.arn === undefined ? 'made' : 'own'),
    };
  }

  private get host(): string {
    const { region } = Stack.of(this.context.app);
    return `${this.api.restApiId}.execute-api.${region}.${Aws.URL_SUFFIX}`;
  }

  private get apiName(): string {
    return Names.uniqueResourceName(this.context.app, { maxLength: 128, separator: '-' });
  }

  private makeAccessLog(): logs.ILogGroup | undefined {
    const { accessLog = REST_DEFAULTS.accessLog, accessLogGroup } = this.options;
    const { app, defaults } = this.context;
    return accessLog ? (accessLogGroup ?? makeLogGroup(app, 'RestAccessLog', defaults)) : undefined;
  }
}
