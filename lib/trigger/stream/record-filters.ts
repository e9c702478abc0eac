import { similar } from '../../props/nearest';
import { PropCheck, unquoted } from '../../props/prop-check';
import { asJson, isPlainObject } from '../pattern-json';

type Pattern = Readonly<Record<string, unknown>>;

/** The fields of a record, which a pattern is compared with: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html */
const RECORD =
  'data partitionKey sequenceNumber approximateArrivalTimestamp kinesisSchemaVersion eventID eventName eventSource eventVersion eventSourceARN awsRegion invokeIdentityArn'.split(
    ' ',
  );

/** Fields that may hold a number. */
const NOT_TEXT = ['data', 'approximateArrivalTimestamp'];

/** Rejects a pattern that matches no record of a Kinesis stream. Lambda accepts such a pattern, and the function would never run. */
export function checkRecordFilter(pattern: Pattern, check: PropCheck): void {
  for (const [name, part] of Object.entries(pattern)) {
    if (name === '$or' && Array.isArray(part)) {
      part.filter(isPlainObject).forEach((one) => {
        checkRecordFilter(one, check);
      });
    } else if (!RECORD.includes(name)) {
      throw check.error(
        name,
        'must be a field of a stream record',
        unquoted('an unknown field'),
        name === 'kinesis'
          ? 'leave out `kinesis`: write `data` or `partitionKey` themselves'
          : `write \`data: { ${name}: … }\` for the producer’s data${suggestion(name)}`,
      );
    } else if (!NOT_TEXT.includes(name) && Array.isArray(part)) {
      requireText(name, part, check);
    }
  }
}

/** A partition key and the other fields around the data are text, also if they consist of digits. */
function requireText(name: string, rules: readonly unknown[], check: PropCheck): void {
  const i = rules.findIndex(
    (rule) => typeof rule === 'number' || (isPlainObject(rule) && rule['numeric'] !== undefined),
  );
  if (i >= 0) {
    throw check.error(
      `${name}[${i}]`,
      'must not compare numbers, since the record holds this field as text',
      asJson(rules[i]),
      `write, for example, \`${name}: ['5']\``,
    );
  }
}

function suggestion(name: string): string {
  const near = similar(name, RECORD);
  return near === undefined ? '' : `, or \`${near}\``;
}
