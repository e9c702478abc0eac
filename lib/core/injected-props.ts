import { PropertyInjectors } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * The props of a new construct, after the property injector of the nearest scope that has one for its class. The CDK's own
 * decorator expects the props as the third argument, which not all our constructors have.
 *
 * @param uniqueId the class's `PROPERTY_INJECTION_ID`
 */
export function injectedProps<T extends object>(
  uniqueId: string,
  props: T,
  scope: Construct,
  id: string,
): T {
  for (const above of scope.node.scopes.reverse()) {
    const injector = PropertyInjectors.hasPropertyInjectors(above)
      ? PropertyInjectors.of(above).for(uniqueId)
      : undefined;
    if (injector !== undefined) {
      return injector.inject(props, { scope, id }) as T;
    }
  }
  return props;
}
