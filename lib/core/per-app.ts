import type { IConstruct } from 'constructs';
import { AppContext } from './app-context';

/** Creates one instance of a service for each app when it is first needed, so the order of creation does not matter. */
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
