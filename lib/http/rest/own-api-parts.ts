import { Lazy, Names } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { FunctionReferences } from './function-references';
import type { OwnApiDeployment } from './own-api-deployment';
import { requestAuthorizer, RestAuthorizer } from './rest-authorizers';
import {
  CheckedValidation,
  parametersOf,
  RestMethod,
  validatorOf,
  VALIDATORS,
} from './rest-definition';
import { SCHEMAS } from './json-schema';

const JSON_TYPE = 'application/json';
const DRAFT_4 = 'http://json-schema.org/draft-04/schema#';

/** The resources to which methods of the user's REST API refer: authorizers, request validators, and models. Each is created once. */
export class OwnApiParts {
  constructor(
    private readonly scope: Construct,
    private readonly api: apigw.IRestApi,
    private readonly functions: FunctionReferences,
    private readonly deployment: OwnApiDeployment,
  ) {}

  authorizer(authorizer: RestAuthorizer): apigw.IAuthorizer | undefined {
    if (!('id' in authorizer)) {
      return undefined;
    }
    const id = `Authorizer${authorizer.id}`;
    const existing = this.scope.node.tryFindChild(id) as apigw.CfnAuthorizer | undefined;
    return {
      authorizerId: (existing ?? this.makeAuthorizer(id, authorizer)).ref,
      authorizationType:
        authorizer.kind === 'cognito'
          ? apigw.AuthorizationType.COGNITO
          : apigw.AuthorizationType.CUSTOM,
    };
  }

  /** The parameters by which API Gateway knows the parts of a request; true: required. */
  parameters(method: RestMethod): Record<string, boolean> | undefined {
    const { variables, query, headers } = parametersOf(method);
    const named = [
      ...variables.map((name) => `path.${name}`),
      ...query.map((name) => `querystring.${name}`),
      ...headers.map((name) => `header.${name}`),
    ];
    return named.length === 0
      ? undefined
      : Object.fromEntries(named.map((name) => [`method.request.${name}`, true]));
  }

  validator(method: RestMethod): apigw.IRequestValidator | undefined {
    const kind = validatorOf(method);
    if (kind === undefined) {
      return undefined;
    }
    const id = `Validator${kind}`;
    const existing = this.scope.node.tryFindChild(id) as apigw.RequestValidator | undefined;
    if (existing !== undefined) {
      return existing;
    }
    const made = new apigw.RequestValidator(this.scope, id, {
      restApi: this.api,
      ...VALIDATORS[kind],
    });
    this.deployment.include(made.node.defaultChild as apigw.CfnRequestValidator, VALIDATORS[kind]);
    return made;
  }

  models(validation: CheckedValidation | undefined): Record<string, apigw.IModel> | undefined {
    if (validation?.hasBody !== true) {
      return undefined;
    }
    const id = `Model${validation.name}`;
    const existing = this.scope.node.tryFindChild(id) as apigw.CfnModel | undefined;
    const { ref } = existing ?? this.makeModel(id, validation);
    return { [JSON_TYPE]: apigw.Model.fromModelName(this.scope, `${id}Name`, ref) };
  }

  private makeModel(id: string, { schema, others }: CheckedValidation): apigw.CfnModel {
    const whole = {
      $schema: DRAFT_4,
      ...(asDefinitions(schema) as object),
      ...(Object.keys(others).length === 0 ? {} : { definitions: asDefinitions(others) }),
    };
    const model = new apigw.CfnModel(this.scope, id, {
      restApiId: this.api.restApiId,
      contentType: JSON_TYPE,
      schema: whole,
    });
    this.deployment.include(model, whole);
    return model;
  }

  private makeAuthorizer(
    id: string,
    authorizer: Extract<RestAuthorizer, { id: string }>,
  ): apigw.CfnAuthorizer {
    const uri = Lazy.string({
      produce: () =>
        authorizer.kind === 'function' ? this.functions.authorizerUri(authorizer.handler) : '',
    });
    const settings =
      authorizer.kind === 'cognito'
        ? {
            type: apigw.AuthorizationType.COGNITO,
            identitySource: 'method.request.header.Authorization',
            providerArns: [authorizer.poolArn],
          }
        : { ...requestAuthorizer(authorizer, uri) };
    const made = new apigw.CfnAuthorizer(this.scope, id, {
      restApiId: this.api.restApiId,
      name: `${Names.uniqueResourceName(this.scope, { maxLength: 90, separator: '-' })}-${id}`,
      ...settings,
    });
    this.deployment.include(made, settings);
    return made;
  }
}

/**
 * A model contains the schemas that it refers to; an API definition has them in its components. A model is a JSON Schema of draft 4, whose
 * `#/definitions/…` API Gateway resolves inside the model: AWS's own importer created such models from an API definition.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 * @see https://github.com/amazon-archives/aws-apigateway-importer/blob/468ba47/src/com/amazonaws/service/apigateway/importer/impl/SchemaTransformer.java
 */
function asDefinitions(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    return schema.map(asDefinitions);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      keyword === '$ref' && typeof value === 'string'
        ? value.replace(SCHEMAS, '#/definitions')
        : asDefinitions(value),
    ]),
  );
}
