import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { CapacityModel, TableModel } from '../model/app-model';
import { AppTableProps } from './app-table-props';
import { StageDefaults } from '../core/defaults';

/** The part of a table's model that only the cost estimate reads. */
export function tableCostModel(
  props: AppTableProps,
  defaults: StageDefaults,
): Pick<TableModel, 'provisionedReads' | 'provisionedWrites' | 'pointInTimeRecovery' | 'indexes'> {
  const { billing, globalSecondaryIndexes = [] } = props;
  const provisioned = billing?.mode === dynamodb.BillingMode.PROVISIONED ? billing : undefined;
  return {
    provisionedReads: capacityOf(provisioned?._renderReadCapacity()),
    provisionedWrites: capacityOf(provisioned?._renderWriteCapacity()),
    pointInTimeRecovery:
      props.pointInTimeRecoverySpecification?.pointInTimeRecoveryEnabled ??
      deprecatedRecovery(props) ??
      defaults.pointInTimeRecovery,
    indexes: globalSecondaryIndexes.length,
  };
}

/** Point-in-time recovery as set with the CDK's older, deprecated prop. */
function deprecatedRecovery(props: object): boolean | undefined {
  const given: unknown = Reflect.get(props, 'pointInTimeRecovery');
  return typeof given === 'boolean' ? given : undefined;
}

/** The CDK keeps the options of `Billing.provisioned` private, in the form of the template. */
function capacityOf(rendered: unknown): CapacityModel | undefined {
  const { readCapacityUnits: fixed, ...other } = (rendered ?? {}) as Record<string, unknown>;
  if (typeof fixed === 'number') {
    return { min: fixed, max: fixed };
  }
  const settings = (other['readCapacityAutoScalingSettings'] ??
    other['writeCapacityAutoScalingSettings'] ??
    {}) as { minCapacity?: unknown; maxCapacity?: unknown };
  const { minCapacity, maxCapacity } = settings;
  return typeof minCapacity === 'number' && typeof maxCapacity === 'number'
    ? { min: minCapacity, max: maxCapacity }
    : undefined;
}
