import type { CoreProps } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';
import { FailureProps, Failures } from '../failure/failures';
import type { FunctionProps } from '../function/app-function';
import { HttpApis, HttpProps } from '../http/http-apis';
import type { WebSocketProps } from '../http/socket/socket-apis';
import type { MonitoringProps } from '../monitoring/monitoring';
import type { NotificationProps } from '../monitoring/notifications';
import { AccessLogProps, AccessLogs } from '../storage/access-logs';
import type { SynthesisProps } from '../synthesis/app-synthesis';

/** The props that the parts of an app read. */
export type AppProps = CoreProps &
  AccessLogProps &
  FailureProps &
  FunctionProps &
  HttpProps &
  MonitoringProps &
  NotificationProps &
  SynthesisProps &
  WebSocketProps;

/** Creates the parts that check their own props, so that an error is thrown where the app is declared. */
export function checkAtOnce(app: IServerlessApp): void {
  Failures.of(app);
  AccessLogs.of(app);
  HttpApis.of(app);
}
