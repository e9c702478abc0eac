import { Lazy } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { REST_DEFAULTS } from '../../core/defaults';
import type { HttpThrottle } from '../http-options';
import type { RestOptions } from './rest-options';
import { defaultLogFormat } from '../access-log';

/** The members of an access log line between those of the request and those of the client. */
const LOGGED = [
  'httpMethod',
  'resourcePath',
  'path',
  'status',
  'protocol',
  'responseLength',
  'responseLatency',
  'integrationLatency',
  'integrationStatus',
  'integrationError',
  'error',
  'validationError',
  'authorizerError',
  'apiKeyId',
];

const DEFAULT_CACHE_SECONDS = 300;

export interface RestStageProps {
  readonly api: apigw.IRestApi;
  readonly stageName: string;
  readonly options: RestOptions;
  readonly throttle: HttpThrottle;
  readonly accessLogGroup?: logs.ILogGroup;
  /** Read at synthesis. */
  readonly variables: () => Record<string, string> | undefined;
}

/**
 * The stage of a REST API and its deployment. The deployment's logical id contains a hash of the definition, so each change is deployed.
 */
export class RestStage {
  readonly stage: apigw.Stage;
  readonly deployment: apigw.Deployment;

  private readonly ofMethods: apigw.CfnStage.MethodSettingProperty[] = [];
  private readonly resource: apigw.CfnStage;

  constructor(private readonly props: RestStageProps) {
    const { api, stageName, options, accessLogGroup } = props;
    this.deployment = new apigw.Deployment(api, 'Deployment', { api });
    this.stage = new apigw.Stage(api, 'Stage', {
      deployment: this.deployment,
      stageName,
      tracingEnabled: options.tracing ?? false,
      ...(accessLogGroup === undefined
        ? {}
        : {
            accessLogDestination: new apigw.LogGroupLogDestination(accessLogGroup),
            accessLogFormat: options.accessLogFormat ?? defaultLogFormat(LOGGED),
          }),
    });
    this.resource = this.stage.node.defaultChild as apigw.CfnStage;
    this.resource.methodSettings = Lazy.any({ produce: () => [this.ofAll, ...this.ofMethods] });
    this.resource.variables = Lazy.any({ produce: props.variables });
    if (options.cache !== undefined) {
      this.resource.cacheClusterEnabled = true;
      this.resource.cacheClusterSize = String(options.cache.sizeGb ?? REST_DEFAULTS.cacheGb);
    }
  }

  /** Sets the throttle of one method. */
  throttle(method: string, path: string, throttle: HttpThrottle): void {
    this.ofMethods.push({
      resourcePath: `/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      httpMethod: method,
      throttlingRateLimit: throttle.rateLimit ?? this.props.throttle.rateLimit,
      throttlingBurstLimit: throttle.burstLimit ?? this.props.throttle.burstLimit,
    });
  }

  private get ofAll(): apigw.CfnStage.MethodSettingProperty {
    const { throttle, options } = this.props;
    return {
      resourcePath: '/*',
      httpMethod: '*',
      throttlingRateLimit: throttle.rateLimit,
      throttlingBurstLimit: throttle.burstLimit,
      ...(options.cache === undefined
        ? {}
        : {
            cachingEnabled: true,
            cacheDataEncrypted: true,
            cacheTtlInSeconds: options.cache.ttl?.toSeconds() ?? DEFAULT_CACHE_SECONDS,
          }),
    };
  }
}
