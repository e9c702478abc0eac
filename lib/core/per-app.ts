import type { IConstruct } from 'constructs';
import { AppContext } from './app-context';

/** Creates one instance of a service for each app, when it is first needed: so there is no order in which to create services. */
export function perApp<T extends object>(
  create: (context: AppContext) => T,
): (construct: IConstruct) => T {
  const services = new WeakMap<AppContext, T>();
  return (construct) => {
    const context = AppContext.of(construct);
    let service = services.get(context);
    if (service === undefined) {
      service = create(context);
      services.set(context, service);
    }
    return service;
  };
}
