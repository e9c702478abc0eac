import { Aws, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import { Construct, IConstruct } from 'constructs';
import type { AppContext } from '../../core/app-context';
import type { HttpModel } from '../../model/app-model';
import { PropCheck, unquoted } from '../../props/prop-check';
import type { ApiOrigin } from '../app-api';
import type { HttpThrottle } from '../http-options';
import { FunctionReferences } from './function-references';
import { OwnApiDeployment } from './own-api-deployment';
import { OwnApiParts } from './own-api-parts';
import { RestAuthorizer, RestAuthorizers } from './rest-authorizers';
import type { RestMethod } from './rest-definition';
import type { RestHost } from './rest-host';
import { methodIntegration } from './rest-integration';

const TYPES: Readonly<Record<RestAuthorizer['kind'], apigw.AuthorizationType>> = {
  open: apigw.AuthorizationType.NONE,
  iam: apigw.AuthorizationType.IAM,
  cognito: apigw.AuthorizationType.COGNITO,
  function: apigw.AuthorizationType.CUSTOM,
};

/**
 * The user's REST API, to which an app adds its methods, each of which is a resource of its own. The app does not change what the
 * user configured.
 */
export class OwnRestApi implements RestHost {
  readonly model: HttpModel;
  readonly scope: Construct;
  readonly functions: FunctionReferences;
  readonly authorizers: RestAuthorizers;
  readonly stageName: string;

  private readonly deployment: OwnApiDeployment;
  private readonly parts: OwnApiParts;

  /**
   * @param stageName the stage of an imported API
   * @param check the check of the prop `rest`
   */
  constructor(
    context: AppContext,
    readonly api: apigw.IRestApi,
    stageName: string | undefined,
    private readonly check: PropCheck,
  ) {
    this.scope = new Construct(context.app, 'RestRoutes');
    this.deployment = new OwnApiDeployment(this.scope, api, stageName);
    this.stageName = this.deployment.stageName;
    this.functions = new FunctionReferences(context);
    this.authorizers = new RestAuthorizers(this.scope, api.restApiId, (handler) =>
      this.functions.authorizerUri(handler),
    );
    this.parts = new OwnApiParts(this.scope, api, this.functions, this.deployment);
    this.model = {
      id: api.node.id,
      path: api.node.path,
      type: 'rest',
      name: api.restApiName,
      made: false,
      url: this.isClosed ? undefined : this.url,
    };
  }

  get url(): string {
    this.refuseClosed('the API’s own address is read');
    return `https://${this.address}/${this.stageName}/`;
  }

  get origin(): ApiOrigin {
    this.refuseClosed('a site serves the API');
    return { host: this.address, path: this.stageName };
  }

  get byDefault(): RestHost['byDefault'] {
    const { authorizer, authorizationType, apiKeyRequired } = this.defaults;
    const needsKey = apiKeyRequired === true;
    return { needsKey, decided: (authorizer ?? authorizationType) !== undefined };
  }

  get resources(): number {
    const { root } = this.api;
    return 1 + root.node.findAll().filter((part) => part instanceof apigw.CfnResource).length;
  }

  ownerOf(method: string, path: string): string | undefined {
    let resource: apigw.IResource | undefined = this.api.root;
    for (const part of partsOf(path)) {
      resource = resource?.getResource(part);
    }
    return resource?.node.tryFindChild(method)?.node.path;
  }

  add(method: RestMethod, check: PropCheck): string {
    const { authorizer, undecided, scopes, validation } = method;
    this.refuseOtherParameter(method.path, check);
    const added = check.withPropPath('route', () =>
      this.api.root
        .resourceForPath(method.path)
        .addMethod(method.method, methodIntegration(method.integration, method.role), {
          ...(undecided
            ? {}
            : {
                authorizationType: TYPES[authorizer.kind],
                authorizer: this.parts.authorizer(authorizer),
                authorizationScopes: scopes.length === 0 ? undefined : [...scopes],
              }),
          apiKeyRequired: method.apiKey,
          requestParameters: this.parts.parameters(method),
          requestValidator: this.parts.validator(method),
          requestModels: this.parts.models(validation),
          methodResponses: Object.keys(method.responses ?? {}).map((statusCode) => ({
            statusCode,
          })),
        }),
    );
    const resource = added.node.defaultChild as apigw.CfnMethod;
    this.deployment.include(resource, settingsOf(resource));
    return resource.authorizationType ?? 'NONE';
  }

  throttle(_method: string, _path: string, throttle: HttpThrottle, check: PropCheck): void {
    throw check.error(
      'throttle',
      'must not be combined with `rest.api`, whose stage the app does not change',
      throttle,
      'set it where you create the stage (`deployOptions.methodOptions`), or leave out `rest.api`',
    );
  }

  deployAfter(permission: IConstruct): void {
    this.deployment.after(permission);
  }

  /** A function that names the stage would depend on the stage, which depends on the function. */
  complete(): void {
    const { stageReference } = this.deployment;
    const [circular] = stageReference === undefined ? [] : this.functions.thatName(stageReference);
    if (circular !== undefined) {
      throw this.check.error(
        'api',
        `must not have its stage’s address in the environment of ${circular.node.path}, because the stage depends on the function`,
        unquoted('`url` or `urlForPath()` of the API'),
        'use `app.url`',
      );
    }
  }

  private get defaults(): apigw.MethodOptions {
    return this.api.root.defaultMethodOptions ?? {};
  }

  private get address(): string {
    const { region } = Stack.of(this.scope);
    return `${this.api.restApiId}.execute-api.${region}.${Aws.URL_SUFFIX}`;
  }

  private get isClosed(): boolean {
    const resource = this.api.node.defaultChild;
    return resource instanceof apigw.CfnRestApi && resource.disableExecuteApiEndpoint === true;
  }

  private refuseClosed(where: string): void {
    if (this.isClosed) {
      throw this.check.error(
        'api',
        `must have its \`execute-api\` endpoint if ${where}`,
        unquoted('an API with `disableExecuteApiEndpoint`'),
        'use the address of your own domain',
      );
    }
  }

  /** API Gateway allows one parameter after a path. The app and the user may each have declared one. */
  private refuseOtherParameter(path: string, check: PropCheck): void {
    let resource: apigw.IResource | undefined = this.api.root;
    for (const part of partsOf(path)) {
      const other = resource?.node.children.find(({ node }) => isParameter(node.id));
      if (isParameter(part) && other !== undefined && other.node.id !== part) {
        throw check.error(
          'route',
          'must name the parameter as the other routes of the API do, because a REST API allows only one in that place',
          path,
          `write \`${other.node.id}\``,
        );
      }
      resource = resource?.getResource(part);
    }
  }
}

/** The properties of a method whose change requires a deployment. */
function settingsOf(method: apigw.CfnMethod): object {
  const { integration, methodResponses, requestModels, requestParameters } = method;
  const { authorizationType, authorizerId, authorizationScopes } = method;
  const { apiKeyRequired, requestValidatorId } = method;
  return {
    ...{ integration, methodResponses, requestModels, requestParameters, requestValidatorId },
    ...{ authorizationType, authorizerId, authorizationScopes, apiKeyRequired },
  };
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function isParameter(part: string): boolean {
  return /^\{.*\}$/.test(part);
}
