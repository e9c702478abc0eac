import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { HOLDS_DATA } from '../../../bin/migrate/write/resource/resource-settings';
import { migrateHere, NAMES, synthesize } from './support';

jest.setTimeout(120_000);

const spec = loadAwsServiceSpecSync();

/** What CloudFormation's GetTemplateSummary tells `cdk import` to ask for. */
function identifiersOf(type: string): readonly string[] {
  const [resource] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
  return resource?.primaryIdentifier ?? [];
}

const mapped = NAMES.map((name) => ({ name, ...migrateHere(name).imports })).filter(
  ({ map, unnamed }) => Object.keys(map).length + unnamed.length > 0,
);

test('definitions of the tests have resources of several kinds in their maps', () => {
  expect(mapped.length).toBeGreaterThan(10);
});

test('every type that holds data has one identifier', () => {
  expect([...HOLDS_DATA].map((type) => [type, identifiersOf(type).length])).toEqual(
    [...HOLDS_DATA].map((type) => [type, 1]),
  );
});

// `cdk import` takes an entry whose logical id is a new resource of the template, and passes its properties to CloudFormation as they are.
// CloudFormation refuses other properties than the identifiers, and resources without a deletion policy.
test.each(mapped)(
  'cdk import can use each entry of $name, and asks for the rest',
  ({ name, map, unnamed }) => {
    const { Resources = {} } = synthesize(migrateHere(name).app);

    for (const [logicalId, entry] of Object.entries(map)) {
      const resource = Resources[logicalId];
      expect([logicalId, Object.keys(entry)]).toEqual([
        logicalId,
        identifiersOf(resource?.Type ?? ''),
      ]);
      expect(resource?.Properties).toMatchObject(entry);
    }
    for (const logicalId of [...Object.keys(map), ...unnamed.map((one) => one.logicalId)]) {
      expect([logicalId, Resources[logicalId]?.DeletionPolicy]).toEqual([
        logicalId,
        expect.stringMatching(/^(Retain|RetainExceptOnCreate|Snapshot)$/),
      ]);
    }
    expect(unnamed.map(({ logicalId, type }) => [logicalId, type])).toEqual(
      unnamed.map(({ logicalId }) => [logicalId, Resources[logicalId]?.Type]),
    );
  },
);
