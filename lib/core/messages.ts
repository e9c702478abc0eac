import { Annotations, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * In older CDKs, whose method has no options, an acknowledgement does not cover warnings and info messages that are added later to the same
 * construct.
 */
const COVERS_LATER_ONES = Validations.prototype.addWarning.length > 2;

/**
 * Adds a warning, unless it is acknowledged.
 *
 * @param prop the path of the prop, to which an acknowledgement can be limited; older CDKs ignore it
 */
export function warn(scope: IConstruct, id: string, message: string, prop?: string): void {
  if (COVERS_LATER_ONES) {
    Validations.of(scope).addWarning(id, message, prop === undefined ? {} : { context: { prop } });
  } else if (!isAcknowledgedAt(scope, id)) {
    Validations.of(scope).addWarning(id, message);
  }
}

/** Adds an info message, unless it is acknowledged. */
export function inform(scope: IConstruct, id: string, message: string): void {
  if (COVERS_LATER_ONES || !isAcknowledgedAt(scope, id)) {
    Annotations.of(scope).addInfoV2(id, message);
  }
}

/** The CDK's record at the construct itself: an object of reasons by id, qualified by the source. */
export function acknowledgedAt(scope: IConstruct): Readonly<Record<string, string>> {
  const records = scope.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Record<string, string>));
  return Object.fromEntries(records.map(([id, reason]) => [id.replace(/^.*::/, ''), reason]));
}

function isAcknowledgedAt(scope: IConstruct, id: string): boolean {
  return acknowledgedAt(scope)[id] !== undefined;
}
