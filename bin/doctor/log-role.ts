import type { AppModel } from '../../lib/model/app-model';
import type { Finding } from './check';

/** Whether the app creates an API whose access log API Gateway writes with the role of the account: a REST or a WebSocket API. */
export function needsLogRole({ http, webSocket }: AppModel): boolean {
  return (
    (http?.type === 'rest' && http.made && http.accessLog !== undefined) ||
    (webSocket?.made === true && webSocket.accessLog !== undefined)
  );
}

/** Whether the app sets the role itself. */
export function makesLogRole({ http, webSocket }: AppModel): boolean {
  return http?.logRole === true || webSocket?.logRole === true;
}

/**
 * API Gateway writes the access logs of REST and WebSocket APIs with a role that is set once for the account and region.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 *
 * @param makes whether the app itself sets the role
 * @param role the role that is set
 */
export function checkLogRole(makes: boolean, role: string | undefined): Finding {
  const id = 'log-role';
  if (role !== undefined) {
    return { id, status: 'ok', text: `API Gateway writes access logs with ${role}` };
  }
  return makes
    ? {
        id,
        status: 'ok',
        text: 'the deployment sets the role with which API Gateway writes access logs (`accountLogRole`)',
      }
    : {
        id,
        status: 'failed',
        text: 'API Gateway has no role to write access logs in this account and region, so the first deployment fails (“CloudWatch Logs role ARN must be set”)',
        fix: 'set `rest: { accountLogRole: true }` (or `webSocket`) in one app of the account and region, or `accessLog: false`',
      };
}
