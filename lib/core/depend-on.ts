import type { CfnResource } from 'aws-cdk-lib';

/** `addResourceDependency` has existed since aws-cdk-lib 2.268; before, the method was called `addDependency`. */
interface Dependent {
  addResourceDependency?(target: CfnResource): void;
  addDependency(target: CfnResource): void;
}

/** Adds a `DependsOn`, with any supported release of aws-cdk-lib. */
export function dependOn(resource: CfnResource, target: CfnResource): void {
  const dependent = resource as Dependent;
  if (dependent.addResourceDependency === undefined) {
    dependent.addDependency(target);
  } else {
    dependent.addResourceDependency(target);
  }
}
