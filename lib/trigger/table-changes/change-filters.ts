import { didYouMean } from '../../props/nearest';
import { PropCheck, unquoted } from '../../props/prop-check';
import { asJson, isPlainObject } from '../pattern-json';

type Pattern = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html shows the record that a pattern is compared with. */
const RECORD =
  'eventID eventName eventVersion eventSource awsRegion dynamodb eventSourceARN userIdentity';
const CHANGE =
  'ApproximateCreationDateTime Keys NewImage OldImage SequenceNumber SizeBytes StreamViewType';
const EVENT_NAMES = ['INSERT', 'MODIFY', 'REMOVE'];
/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_AttributeValue.html */
const TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'];

/** The stream types that contain an image. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html */
const IMAGES: ReadonlyMap<string, readonly string[]> = new Map([
  ['NewImage', ['NEW_IMAGE', 'NEW_AND_OLD_IMAGES']],
  ['OldImage', ['OLD_IMAGE', 'NEW_AND_OLD_IMAGES']],
]);

/**
 * Rejects a pattern that matches no change of a table. Lambda accepts such a pattern, and the function would never run.
 *
 * @param view the type of the stream; undefined if it is unknown
 */
export function checkChangeFilter(
  pattern: Pattern,
  view: string | undefined,
  check: PropCheck,
): void {
  for (const [name, part] of members(pattern)) {
    requireKnown(name, RECORD.split(' '), inside(name), check);
    if (name === 'eventName') {
      checkEventNames(part, check);
    }
    if (name === 'dynamodb' && requireObject(part, name, check)) {
      checkChange(part, view, check.at(name));
    }
  }
  refuseAbsentImage(pattern, check);
}

/** A new item has no old image, and a removed one no new image. */
function refuseAbsentImage({ eventName, dynamodb, ...others }: Pattern, check: PropCheck): void {
  const names: readonly unknown[] = Array.isArray(eventName) ? eventName : [];
  for (const [event, image] of [
    ['INSERT', 'OldImage'],
    ['REMOVE', 'NewImage'],
  ] as const) {
    const isOnly = names.length > 0 && names.every((name) => name === event);
    const part = isPlainObject(dynamodb) ? dynamodb[image] : undefined;
    // A condition in an alternative of `$or` replaces the one before it.
    if (isOnly && needsValue(part) && !JSON.stringify({ dynamodb, others }).includes('"$or"')) {
      throw check.error(
        `dynamodb.${image}`,
        `must be left out for \`eventName: ['${event}']\`, whose record has no such image`,
        asJson(part),
        `compare the \`${image === 'OldImage' ? 'NewImage' : 'OldImage'}\`, or add another event to \`eventName\``,
      );
    }
  }
}

/** Whether a part of a pattern matches only a record that has at least one of its fields. */
function needsValue(part: unknown): boolean {
  return Array.isArray(part)
    ? !part.some((rule) => isPlainObject(rule) && rule['exists'] === false)
    : isPlainObject(part) && Object.values(part).some(needsValue);
}

function checkChange(change: Pattern, view: string | undefined, check: PropCheck): void {
  for (const [name, part] of members(change)) {
    requireKnown(name, CHANGE.split(' '), undefined, check);
    const views = IMAGES.get(name);
    if (views !== undefined && view !== undefined && !views.includes(view)) {
      throw check.error(
        name,
        `must be left out, since the table’s stream does not carry it`,
        unquoted(`a stream of ${view}`),
        `filter by \`dynamodb.Keys\` or \`eventName\`, or create the table with \`dynamoStream: StreamViewType.${views.at(-1) ?? ''}\``,
      );
    }
    if ((views !== undefined || name === 'Keys') && requireObject(part, name, check)) {
      checkAttributes(part, check.at(name));
    }
  }
}

function checkAttributes(attributes: Pattern, check: PropCheck): void {
  for (const [name, part] of members(attributes)) {
    const remedy = `write, for example, \`${name}: { S: ['text'] }\``;
    if (!isPlainObject(part)) {
      const rule = 'must name the attribute’s type, as DynamoDB writes it';
      throw check.error(name, rule, asJson(part), remedy);
    }
    for (const [type, rules] of members(part)) {
      const at = check.at(name);
      requireKnown(type, TYPES, remedy, at);
      if (type === 'M' && requireObject(rules, type, at)) {
        checkAttributes(rules, at.at(type));
      } else {
        refuseNumbers(rules, type, at);
        refuseTexts(rules, type, at);
      }
    }
  }
}

/** DynamoDB writes numbers as text, `{ "N": "5" }`, and a rule on numbers matches numbers only. */
function refuseNumbers(rules: unknown, type: string, check: PropCheck): void {
  if (hasNumber(rules)) {
    throw check.error(
      type,
      'must not compare numbers, since the record holds them as text',
      asJson(rules),
      "compare text (`N: ['5']`), and leave a range to the handler, or store an attribute for the range",
    );
  }
}

/** DynamoDB writes `{ "BOOL": true }` and `{ "NULL": true }`. */
function refuseTexts(rules: unknown, type: string, check: PropCheck): void {
  if ((type === 'BOOL' || type === 'NULL') && Array.isArray(rules)) {
    const text: unknown = rules.find((rule) => typeof rule === 'string');
    if (text !== undefined) {
      const rule = 'must not compare text, since the record holds a boolean';
      throw check.error(type, rule, text, `write \`${type}: [true]\``);
    }
  }
}

function hasNumber(value: unknown): boolean {
  return (
    typeof value === 'number' ||
    (typeof value === 'object' && value !== null && Object.values(value).some(hasNumber))
  );
}

function checkEventNames(rules: unknown, check: PropCheck): void {
  const names: readonly unknown[] = Array.isArray(rules) ? rules : [];
  names.forEach((name) => {
    if (typeof name === 'string' && !EVENT_NAMES.includes(name)) {
      const remedy = didYouMean(name, EVENT_NAMES, 'write one of them');
      throw check.error('eventName', `must be one of ${EVENT_NAMES.join(', ')}`, name, remedy);
    }
  });
}

function requireObject(part: unknown, name: string, check: PropCheck): part is Pattern {
  if (!isPlainObject(part)) {
    throw check.error(
      name,
      'must name what it compares, since a rule matches single values only',
      asJson(part),
      "write, for example, `dynamodb: { NewImage: { status: { S: ['open'] } } }`; to tell new items from changed ones filter by `eventName`",
    );
  }
  return true;
}

function requireKnown(
  name: string,
  known: readonly string[],
  remedy: string | undefined,
  check: PropCheck,
): void {
  if (!known.includes(name)) {
    const instead = remedy ?? didYouMean(name, known, `the fields are ${known.join(', ')}`);
    throw check.error(
      name,
      'must be a field of a change record',
      unquoted('an unknown field'),
      instead,
    );
  }
}

/** `{ NewImage: … }` without the enclosing `dynamodb`. */
function inside(name: string): string | undefined {
  return CHANGE.split(' ').includes(name) ? `write \`dynamodb: { ${name}: … }\`` : undefined;
}

/** The members of a pattern, including those of the alternatives in `$or`. */
function members(pattern: Pattern): [string, unknown][] {
  return Object.entries(pattern).flatMap(([name, part]): [string, unknown][] =>
    name === '$or' && Array.isArray(part)
      ? part.filter(isPlainObject).flatMap(members)
      : [[name, part]],
  );
}
