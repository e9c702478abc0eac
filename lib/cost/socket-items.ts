import { AppModel } from '../model/app-model';
import {
  CONNECTIONS,
  connectionItem,
  isConnect,
  messageItem,
  outItem,
  WEB_SOCKET_KIND,
} from '../kinds/web-socket-kind';
import type { KindBillItem } from '../kinds/trigger-kind';
import { LevelName } from './app-estimate';
import { BillItem, toBillItem } from './bill';
import { FunctionLoad } from './events';
import { FUNCTION_USAGE } from './usage-defaults';

/**
 * What a WebSocket API costs in addition to the events of its routes: messages that functions send to clients, and connections without
 * `$connect`.
 */
export function socketItems(
  model: AppModel,
  loads: readonly FunctionLoad[],
  level: LevelName,
): BillItem[] {
  if (model.webSocket === undefined) {
    return [];
  }
  const sent = loads
    .filter(({ fn }) => fn.access.some(({ kind }) => kind === CONNECTIONS))
    .flatMap(({ events, usage }): KindBillItem[] => {
      const { writesPerEvent, itemBytes } = { ...FUNCTION_USAGE, ...usage };
      const messages = events * writesPerEvent;
      return [messageItem(messages, itemBytes, model), outItem(messages, itemBytes, model)];
    });
  const known = loads.some(({ fn }) => fn.triggers.some(isConnect));
  const connections = known ? [] : [connectionItem(WEB_SOCKET_KIND.monthlyEvents[level], model)];
  return [...sent, ...connections].map(toBillItem);
}
