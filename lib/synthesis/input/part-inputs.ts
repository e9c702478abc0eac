import { CfnDeletionPolicy, CfnResource } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { Manifest } from 'aws-cdk-lib/cloud-assembly-schema';
import { CLI_ASM_VERSION_ENV, CLI_VERSION_ENV } from 'aws-cdk-lib/cx-api';
import { CliInput, RouteInput, SocketInput, StorageInput } from '../../guard/guard-input';
import { kindOf } from '../../kinds/trigger-kinds';
import { isConnect } from '../../kinds/web-socket-kind';
import type { AppRestApi } from '../../http/rest/app-rest-api';
import { AppRoute } from '../../http/app-route';
import { SocketApis } from '../../http/socket/socket-apis';
import { STAGE_DEFAULTS } from '../../core/defaults';
import { AppContext } from '../../core/app-context';
import { Workflows } from '../../workflow/workflows';
import type { IServerlessApp } from '../../core/contract';

/** What the CLI that runs the app reports about itself. */
export function cliInput(): CliInput | undefined {
  const { [CLI_VERSION_ENV]: version, [CLI_ASM_VERSION_ENV]: reads } = process.env;
  const [newest, writes] = [major(reads), major(Manifest.version())];
  return version === undefined || newest === undefined || writes === undefined
    ? undefined
    : { version, reads: newest, writes, needed: Manifest.cliVersion() };
}

function major(version = ''): number | undefined {
  const [, number] = /^(\d+)\./.exec(version) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** All routes of the API that are deployed with the app's stack, including those that the app did not create. */
export function routeInputs(
  app: IServerlessApp,
  api: apigateway.IHttpApi,
  resources: readonly CfnResource[],
): RouteInput[] {
  const functions = new Map(AppContext.of(app).functions.map(({ node }) => [node.path, node.id]));
  const open = openByDefault(app);
  return resources
    .filter((part) => part instanceof apigateway.CfnRoute)
    .filter(({ apiId }) => apiId === api.apiId)
    .map(({ node, routeKey }) => {
      const owner = node.scope instanceof AppRoute ? node.scope.functionPath : '';
      return {
        key: routeKey,
        path: functions.has(owner) ? owner : (node.scope?.node.path ?? node.path),
        function: functions.get(owner),
        open: open.has(`${owner} ${routeKey}`),
      };
    });
}

/** The app's routes on its REST API. */
export function restRouteInputs(app: IServerlessApp, { api, routes }: AppRestApi): RouteInput[] {
  const open = openByDefault(app);
  const { reportOpenRoutes } = STAGE_DEFAULTS[app.stage];
  return routes.map(({ key, fn, open: isOpen = false }) => ({
    key,
    path: fn?.node.path ?? api.node.path,
    function: fn?.node.id,
    isRest: true,
    open: fn === undefined ? reportOpenRoutes && isOpen : open.has(`${fn.node.path} ${key}`),
  }));
}

/**
 * The routes that anybody can call, although the user did not state that, each prefixed with its function's path. Empty if the
 * stage does not report them.
 */
function openByDefault(app: IServerlessApp): Set<string> {
  const { functions } = AppContext.of(app).model;
  const routed = [...functions, ...(Workflows.of(app).models ?? [])];
  return new Set(
    !STAGE_DEFAULTS[app.stage].reportOpenRoutes
      ? []
      : routed.flatMap(({ path, triggers }) =>
          triggers
            .filter((trigger) => kindOf(trigger).caller?.isOpenByDefault(trigger) === true)
            .map(({ source }) => `${path} ${source}`),
        ),
  );
}

/** The app's WebSocket API, if it has one. */
export function socketInputs(app: IServerlessApp): SocketInput[] {
  const { existing } = SocketApis.of(app);
  if (existing === undefined) {
    return [];
  }
  const connect = AppContext.of(app)
    .model.functions.flatMap(({ id, triggers }) => triggers.map((trigger) => ({ id, trigger })))
    .find(({ trigger }) => isConnect(trigger));
  const open =
    connect === undefined ? !existing.isDecided({}) : connect.trigger.details['open'] === true;
  return [
    {
      path: existing.api.node.path,
      connectFunction: connect?.id,
      open: open && STAGE_DEFAULTS[app.stage].reportOpenRoutes,
      lacksConnect: existing.lacksConnect,
    },
  ];
}

/** The tables and buckets of the app. */
export function storageInputs(app: IServerlessApp): StorageInput[] {
  const { tables, buckets } = AppContext.of(app).model;
  return [
    ...tables.map(({ id, path, temporary = false }) => ({
      prop: `tables.${id}`,
      id,
      path,
      temporary,
    })),
    ...buckets.map(({ id, path }) => ({ prop: `buckets.${id}`, id, path, temporary: false })),
  ].map(({ id, prop, path, temporary }) => {
    const resource = app.node.tryFindChild(id)?.node.defaultChild;
    return {
      prop,
      path,
      destroyed:
        !temporary &&
        resource !== undefined &&
        CfnResource.isCfnResource(resource) &&
        resource.cfnOptions.deletionPolicy === CfnDeletionPolicy.DELETE,
    };
  });
}
