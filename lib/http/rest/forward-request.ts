import { AppContext } from '../../core/app-context';
import type { IServerlessApp } from '../../core/contract';
import { levelModel } from '../../estimate/usage-model';
import { checkProps } from '../../props/check-props';
import { HttpApis } from '../http-apis';
import { parseRoute } from '../route-key';
import { FORWARD_PROPS, ForwardOptions } from './forward-options';
import type { RequestTarget } from './request-target';

/** Adds a route of the app's REST API that calls a service without a function. */
export function forwardRequest(
  app: IServerlessApp,
  route: string,
  target: RequestTarget,
  options: ForwardOptions,
): void {
  const { check: ofApp, model } = AppContext.of(app);
  const check = ofApp.at(`forwardRequest.${route}`);
  checkProps(options, FORWARD_PROPS, check);
  const key = parseRoute(route, check);
  const api = HttpApis.of(app).restFor('forwardRequest');
  const forward = api.forward(key, target, options, check);
  const monthlyEvents = levelModel(options.monthlyEvents, check.at('monthlyEvents'));
  const { http } = model;
  if (http !== undefined) {
    const details = { ...forward.details, monthlyEvents };
    model.http = { ...http, forwards: [...(http.forwards ?? []), { ...forward, details }] };
  }
}
