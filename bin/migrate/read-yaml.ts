import { CollectionTag, isMap, isSeq, parseDocument, ScalarTag, YAMLMap, YAMLSeq } from 'yaml';
import { UserError } from '../user-error';
import type { Value } from './value';

/** The short forms of CloudFormation's intrinsic functions: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const NAMES = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
];

const longName = (name: string): string =>
  name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;

const TAGS = ['Ref', 'Condition', ...NAMES].flatMap((name): Array<ScalarTag | CollectionTag> => [
  {
    tag: `!${name}`,
    resolve: (text) => ({ [longName(name)]: text }),
  },
  {
    tag: `!${name}`,
    collection: 'seq',
    resolve: (items) =>
      isSeq(items) ? wrap(longName(name), items as YAMLSeq) : { [longName(name)]: [] },
  },
  {
    tag: `!${name}`,
    collection: 'map',
    resolve: (map) => (isMap(map) ? wrap(longName(name), map) : { [longName(name)]: {} }),
  },
]);

/** Keeps the node, whose own tags are resolved when the document becomes data. */
function wrap(name: string, node: YAMLSeq | YAMLMap): YAMLMap {
  const map = new YAMLMap();
  node.tag = undefined;
  map.set(name, node);
  return map;
}

/** The data in a YAML or JSON text, with the short forms of CloudFormation written out. */
export function readYaml(text: string, file: string): Value {
  const document = parseDocument(text, {
    customTags: TAGS,
    merge: true,
    logLevel: 'silent',
    uniqueKeys: false,
    version: '1.2',
  });
  const [error] = document.errors;
  if (error !== undefined) {
    throw new UserError(
      `${file} is not YAML: ${error.message.split('\n')[0] ?? ''}`,
      'correct it, and run the command again',
    );
  }
  return normalize(document.toJS({ maxAliasCount: -1 }) as unknown);
}

/** Dates and other values that JSON does not have become text. */
function normalize(value: unknown): Value {
  if (Array.isArray(value)) {
    return value.map(normalize);
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, normalize(one)]));
  }
  return value as Value;
}
