/**
 * Writes lib/model/resource-schema.json: what synthesis and `serverless-app diff` need to know about each type of CloudFormation resource,
 * from `@aws-cdk/aws-service-spec`, which is too large to ship. Run it (`npx tsx scripts/resource-schema.ts`) after an update of that
 * package; a test compares the two.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type {
  PropertyType,
  Resource,
  ResourceProperties,
  SpecDatabase,
} from '@aws-cdk/service-spec-types';

const FILE = path.join(__dirname, '..', 'lib', 'model', 'resource-schema.json');

/**
 * By type, as text, since most of it is never read: `<create-only properties>|<properties that identify a resource>|<S if it holds
 * data>`. Properties are separated by spaces. A create-only property that may or may not replace the resource ends with `?`.
 */
export function resourceSchema(): Record<string, string> {
  const spec = loadAwsServiceSpecSync();
  const found = spec
    .all('resource')
    .filter(({ cloudFormationType }) => cloudFormationType.startsWith('AWS::'))
    .map((resource) => [resource.cloudFormationType, schemaOf(resource, spec)] as const)
    .filter(([, schema]) => schema !== '||')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(found);
}

function schemaOf(resource: Resource, spec: SpecDatabase): string {
  const more = (resource.additionalReplacementProperties ?? []).map((parts) => parts.join('.'));
  const createOnly = [...createOnlyIn(resource.properties, '', new Set(), spec), ...more];
  return [
    createOnly.join(' '),
    identifierOf(resource).join(' '),
    resource.isStateful === true ? 'S' : '',
  ].join('|');
}

/** The paths of create-only properties; `[]` stands for an element of a list or map. */
function createOnlyIn(
  properties: ResourceProperties,
  prefix: string,
  above: ReadonlySet<string>,
  spec: SpecDatabase,
): string[] {
  return Object.entries(properties).flatMap(([name, { type, causesReplacement = 'no' }]) => {
    if (causesReplacement !== 'no') {
      return `${prefix}${name}${causesReplacement === 'maybe' ? '?' : ''}`;
    }
    const [element, brackets] = elementOf(type);
    if (element.type !== 'ref' || above.has(element.reference.$ref)) {
      return [];
    }
    const definition = spec.get('typeDefinition', element.reference.$ref);
    const inside = new Set([...above, element.reference.$ref]);
    return createOnlyIn(definition.properties, `${prefix}${name}${brackets}.`, inside, spec);
  });
}

function elementOf(type: PropertyType): [PropertyType, string] {
  if (type.type !== 'array' && type.type !== 'map') {
    return [type, ''];
  }
  const [element, brackets] = elementOf(type.element);
  return [element, `[]${brackets}`];
}

/**
 * The primary identifier if it consists of properties that a template sets; else the property that names a resource, such as
 * `QueueName`: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
 */
function identifierOf({ name, primaryIdentifier = [], properties }: Resource): string[] {
  if (primaryIdentifier.length > 0 && primaryIdentifier.every((part) => part in properties)) {
    return primaryIdentifier;
  }
  return [`${name}Name`, 'Name']
    .filter((property) => properties[property]?.causesReplacement === 'yes')
    .slice(0, 1);
}

if (require.main === module) {
  fs.writeFileSync(FILE, `${JSON.stringify(resourceSchema(), undefined, 2)}\n`);
}
