/** Tests of handlers and of whole apps: https://github.com/cdk-serverless-app/cdk-serverless-app/blob/main/docs/testing.md */
export { eventually } from './eventually';
export type { Patience } from './eventually';
export type {
  BusEvent,
  HttpEvent,
  ObjectEvent,
  QueueEvent,
  RestEvent,
  StreamEvent,
  TableChangeEvent,
  TableValue,
  TopicEvent,
  UserPoolEvent,
  WebSocketEvent,
} from './event-types';
export {
  busEvent,
  objectBusEvent,
  objectEvent,
  queueEvent,
  scheduleEvent,
  streamEvent,
  tableChangeEvent,
  topicEvent,
  userPoolEvent,
  webSocketEvent,
} from './events';
export type {
  ObjectDetail,
  ObjectEventOptions,
  QueueEventOptions,
  StreamEventOptions,
  TableChange,
  TableChangeOptions,
  TopicEventOptions,
  UserPoolEventOptions,
  WebSocketEventOptions,
} from './events';
export { functionUrlEvent, httpEvent, restEvent } from './request-events';
export type { RequestOptions } from './request-events';
export { stableTemplate } from './stable-template';
export { FunctionFailed, testApp } from './test-app';
export type { TestAppOptions, TestedApp } from './test-app';
