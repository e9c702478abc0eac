import { Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { TableModel } from '../model/app-model';
import { AppTableProps } from './app-table-props';
import { DYNAMODB_LIMITS } from '../scaling/scaling-limits';
import { checkProp } from '../props/check-props';
import { requestUnits } from './table-prop-set';
import { PropCheck, unquoted } from '../props/prop-check';

const { newTableReads, newTableWrites } = DYNAMODB_LIMITS;

/** The throughput of a table for the app's model. */
export type TableThroughput = Pick<
  TableModel,
  'billing' | 'maxReadUnits' | 'maxWriteUnits' | 'warmReadUnits' | 'warmWriteUnits'
>;

/** Rejects limits that DynamoDB would reject, and 0, which the CDK treats as no limit. */
export function checkTableProps(props: AppTableProps, check: PropCheck): void {
  const onDemand = isOnDemand(props.billing);
  checkWriteCapacity(props.billing, check.at('billing'));
  props.globalSecondaryIndexes?.forEach(({ writeCapacity }, i) => {
    checkWriteCapacity(writeCapacity, check.at(`globalSecondaryIndexes[${i}]`));
  });
  if (onDemand) {
    const { read, write } = maximumOf(props.billing);
    checkProp(read, 'maxReadRequestUnits', requestUnits(), check.at('billing'));
    checkProp(write, 'maxWriteRequestUnits', requestUnits(), check.at('billing'));
  }
  checkWarm(props.warmThroughput, onDemand, check);
  props.globalSecondaryIndexes?.forEach((index, i) => {
    checkWarm(index.warmThroughput, onDemand, check.at(`globalSecondaryIndexes[${i}]`));
  });
}

/**
 * The CDK makes every table a global one, for which DynamoDB requires auto scaling of writes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 */
function checkWriteCapacity(owner: WriteCapacity | undefined, check: PropCheck): void {
  try {
    owner?._renderWriteCapacity?.();
  } catch (error) {
    const units = fixedUnits(owner);
    const refusal = check.error(
      'writeCapacity',
      'must scale automatically, since the CDK’s `TableV2` is a global table',
      unquoted(`\`Capacity.fixed(${units})\``),
      `write \`Capacity.autoscaled({ minCapacity: ${units}, maxCapacity: ${units} })\`, which keeps the capacity at ${units}`,
    );
    refusal.cause = error;
    throw refusal;
  }
}

/** What the CDK's `Capacity` and `Billing` have in common. */
interface WriteCapacity {
  readonly mode?: string;
  _renderReadCapacity?: () => unknown;
  _renderWriteCapacity?: () => unknown;
}

/** The units of a `Capacity.fixed`; `n` if the CDK keeps them inside a `Billing`. */
function fixedUnits(owner: WriteCapacity | undefined): number | 'n' {
  if (owner?.mode !== dynamodb.CapacityMode.FIXED) {
    return 'n';
  }
  const { readCapacityUnits: units } = (owner._renderReadCapacity?.() ?? {}) as {
    readonly readCapacityUnits?: unknown;
  };
  return typeof units === 'number' && !Token.isUnresolved(units) ? units : 'n';
}

export function tableThroughput(props: AppTableProps): TableThroughput {
  const { billing, warmThroughput } = props;
  const warm = {
    warmReadUnits: warmThroughput?.readUnitsPerSecond,
    warmWriteUnits: warmThroughput?.writeUnitsPerSecond,
  };
  if (!isOnDemand(billing)) {
    return { billing: 'provisioned', ...warm };
  }
  const { read, write } = maximumOf(billing);
  return {
    billing: 'onDemand',
    maxReadUnits: typeof read === 'number' ? read : undefined,
    maxWriteUnits: typeof write === 'number' ? write : undefined,
    ...warm,
  };
}

function isOnDemand(billing: Partial<dynamodb.Billing> | undefined): boolean {
  return billing?.mode !== dynamodb.BillingMode.PROVISIONED;
}

/** The CDK keeps the options of `Billing.onDemand` private; its own table reads them with these two methods. */
function maximumOf(billing: Partial<dynamodb.Billing> | undefined): {
  readonly read: unknown;
  readonly write: unknown;
} {
  return {
    read: billing?._renderReadCapacity?.() ?? undefined,
    write: billing?._renderWriteCapacity?.() ?? undefined,
  };
}

/** DynamoDB gives every on-demand table a minimum warm throughput, and rejects a smaller value. */
function checkWarm(
  warm: dynamodb.WarmThroughput | undefined,
  onDemand: boolean,
  check: PropCheck,
): void {
  if (warm === undefined) {
    return;
  }
  const { readUnitsPerSecond, writeUnitsPerSecond } = warm;
  if (readUnitsPerSecond === undefined && writeUnitsPerSecond === undefined) {
    throw check.error(
      'warmThroughput',
      'must have `readUnitsPerSecond`, `writeUnitsPerSecond` or both',
      unquoted('neither'),
      'leave it out for DynamoDB’s default',
    );
  }
  const at = check.at('warmThroughput');
  const range = (limit: number): { min: number; unit: string; remedy: string } => ({
    min: onDemand ? limit : 1,
    unit: 'units a second',
    remedy: 'leave it out for DynamoDB’s default, or use a larger value',
  });
  at.integer('readUnitsPerSecond', readUnitsPerSecond, range(newTableReads.limit));
  at.integer('writeUnitsPerSecond', writeUnitsPerSecond, range(newTableWrites.limit));
}
