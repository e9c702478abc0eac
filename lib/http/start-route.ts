import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { AppContext } from '../core/app-context';
import { levelModel } from '../estimate/usage-model';
import { HTTP_KIND } from '../kinds/http-kind';
import type { ForwardModel, TriggerModel } from '../model/app-model';
import { checkProps } from '../props/check-props';
import type { PropCheck } from '../props/prop-check';
import type { AppHttpApi } from './app-http-api';
import { HttpApis } from './http-apis';
import { FORWARD_PROPS, ForwardOptions } from './rest/forward-options';
import { forwardRequest } from './rest/forward-request';
import { RequestTarget } from './rest/request-target';
import { parseRoute, RouteKey } from './route-key';

/** What a request starts. */
export interface RouteStart {
  readonly machine: IStateMachine;
  /** The role with which API Gateway starts it. A REST API has a role of its own for all such routes. */
  readonly role: () => iam.IRole;
}

const INTEGRATION_ID = 'HttpIntegration';
const ONLY_REST = ['apiKeyRequired', 'validate'] as const;

/** Adds a route of the app's API that starts a state machine, without a function. Returns its trigger for the model. */
export function addStartRoute(
  workflow: Construct,
  route: string,
  start: RouteStart,
  options: ForwardOptions,
): TriggerModel {
  const { app, check: ofApp, model } = AppContext.of(workflow);
  const apis = HttpApis.of(app);
  if (apis.isRest) {
    forwardRequest(app, route, RequestTarget.stateMachine(start.machine), options);
    return triggerOf(model.http?.forwards?.at(-1));
  }
  const check = ofApp.at(`workflows.${workflow.node.id}.${route}`);
  checkProps(options, FORWARD_PROPS, check);
  refuseRestOptions(options, check);
  const key = parseRoute(route, check);
  const api = apis.ofApp as AppHttpApi;
  const added = api.addServiceRoute(
    workflow.node.path,
    integrationOf(workflow, api.api, start),
    key,
    options,
    check,
  );
  const forward: ForwardModel = {
    route: key.key,
    kind: 'stateMachine',
    path: start.machine.node.path,
    details: {
      ...partsOf(key),
      authorization: added.authorizationType,
      monthlyEvents: levelModel(options.monthlyEvents, check.at('monthlyEvents')),
    },
  };
  const { http } = model;
  if (http !== undefined) {
    model.http = { ...http, forwards: [...(http.forwards ?? []), forward] };
  }
  return triggerOf(forward, !api.isDecided(options));
}

function partsOf({ method, path }: RouteKey): Pick<ForwardModel['details'], 'method' | 'path'> {
  return { method, path };
}

function triggerOf(forward: ForwardModel | undefined, open = false): TriggerModel {
  const { route = '', details } = forward ?? {};
  return {
    kind: HTTP_KIND.kind,
    invocation: 'asynchronous',
    source: route,
    details: {
      authorization: details?.authorization,
      apiKey: details?.apiKey,
      open: open ? true : undefined,
      monthlyEvents: details?.monthlyEvents,
    },
  };
}

/** An HTTP API has no API keys and does not validate. */
function refuseRestOptions(options: ForwardOptions, check: PropCheck): void {
  const given = ONLY_REST.find((name) => options[name] !== undefined);
  if (given !== undefined) {
    throw check.error(
      given,
      'must be left out if the app has an HTTP API',
      options[given],
      'give the app `rest: {}`, or leave it out',
    );
  }
}

/** One integration for all routes of a workflow: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
function integrationOf(
  workflow: Construct,
  { apiId }: apigateway.IHttpApi,
  { machine, role }: RouteStart,
): string {
  const existing = workflow.node.tryFindChild(INTEGRATION_ID) as
    apigateway.CfnIntegration | undefined;
  const integration =
    existing ??
    new apigateway.CfnIntegration(workflow, INTEGRATION_ID, {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationSubtype: 'StepFunctions-StartExecution',
      payloadFormatVersion: '1.0',
      credentialsArn: role().roleArn,
      requestParameters: {
        StateMachineArn: machine.stateMachineArn,
        Input: '$request.body',
      },
      responseParameters: {
        '200': { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '202' }] },
      },
    });
  return integration.ref;
}
