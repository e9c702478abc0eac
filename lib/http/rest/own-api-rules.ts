import { Resource, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import type { IConstruct } from 'constructs';
import { PropCheck, unquoted } from '../../props/prop-check';
import type { RestOptions } from './rest-options';

/** The options of `rest` that an app may combine with the user's own API: they concern its routes, not the API. */
const OF_ROUTES: ReadonlyArray<keyof RestOptions> = [
  'api',
  'authorizer',
  'authorizationScopes',
  'apiKeyRequired',
  'integrationTimeout',
  'stageName', // has rules of its own
];

/** Checks the user's own API: whether routes can be added to it, and whether they would be deployed. */
export function checkOwnApi(
  api: apigw.IRestApi,
  options: RestOptions,
  app: IConstruct,
  check: PropCheck,
): void {
  refuseWhatIsTheirs(options, check);
  if (Stack.of(api) !== Stack.of(app)) {
    throw check.error(
      'api',
      'must be in the stack of the app, because the methods and the functions would depend on each other across stacks',
      unquoted(`an API in ${Stack.of(api).node.path}`),
      'import it into the stack of the app with `RestApi.fromRestApiAttributes(…)`',
    );
  }
  if (api instanceof apigw.SpecRestApi) {
    throw check.error(
      'api',
      'must not have a definition, which API Gateway applies as a whole',
      unquoted('a SpecRestApi'),
      'give a `RestApi`, or leave it out: the app writes a definition of its own',
    );
  }
  check.withPropPath('api', () => api.root);
  if (Resource.isOwnedResource(api)) {
    checkDeployed(api, options, check);
  } else {
    checkImported(api, options, check);
  }
}

/** The app cannot change these settings on the user's own API. Ignoring them silently would look like success. */
function refuseWhatIsTheirs(options: RestOptions, check: PropCheck): void {
  for (const [prop, value] of Object.entries(options)) {
    if (value !== undefined && !OF_ROUTES.includes(prop as keyof RestOptions)) {
      throw check.error(
        prop,
        'must not be combined with `rest.api`, which the app does not change',
        unquoted('both'),
        'set it where you create that API, or leave out `rest.api`',
      );
    }
  }
}

function checkDeployed(api: apigw.IRestApi, { stageName }: RestOptions, check: PropCheck): void {
  if (stageName !== undefined) {
    throw check.error(
      'stageName',
      'must not be combined with `rest.api`, unless it is imported',
      stageName,
      'set it where you create that API (`deployOptions.stageName`)',
    );
  }
  if (api.latestDeployment === undefined) {
    throw check.error(
      'api',
      'must deploy itself, because otherwise a change of the routes would not be deployed',
      unquoted('an API with `deploy: false`'),
      'leave out `deploy: false`; `deployOptions` configures the stage',
    );
  }
}

function checkImported(api: apigw.IRestApi, { stageName }: RestOptions, check: PropCheck): void {
  if (stageName === undefined) {
    throw check.error(
      'stageName',
      'must name the stage that serves the routes, if `rest.api` is imported',
      stageName,
      'give the name of a stage of that API, for example `prod`',
    );
  }
  if (api.restApiName === api.node.id) {
    throw check.error(
      'api',
      'must have its name, by which CloudWatch knows the API',
      unquoted('an imported API without `restApiName`'),
      'give `restApiName` to `RestApi.fromRestApiAttributes(…)`; if the name is also the id of the construct, use another id',
    );
  }
}
